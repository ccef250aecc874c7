import { ParityError } from "../core/errors.js";
import type { Model } from "../mapping/open-model.js";
import { isGenerator } from "../models/model-config.js";
import { arithmeticOf } from "../parity/budget/arithmetic.js";
import { budgetedRun } from "../parity/budget/layer-budgets.js";
import { keptParameters } from "../parity/kept-parameters.js";
import { buildReport, type ReportInputs } from "../parity/report/build-report.js";
import { formatNumber } from "../parity/report/format.js";
import { provenanceOf } from "../parity/report/provenance.js";
import type { ReportData } from "../parity/report/report-data.js";
import type { ParityResult } from "../parity/run-parity.js";
import { affordablePoints, sweep } from "../parity/sweep.js";
import { DEFAULT_BACKEND, openRuntime } from "../runtime/backends.js";
import { evaluate } from "../runtime/evaluate.js";
import { layerOf } from "../runtime/runtime.js";
import { modelLine } from "./describe-model.js";
import type { BackendChoice, MeasuredParity } from "./measure-parity.js";
import type { Session } from "./session.js";

export interface ComposeOptions extends Pick<ReportInputs, "title" | "labels" | "samples"> {
  /** To sweep the truncations with; without them no sweep is made. */
  readonly choice?: BackendChoice;
  /** Where a diagnosed layer's tensors are saved, beside the report. */
  readonly minimalCase?: string;
}

const SWEEP_SEED = 7;

/** What a module that remembers is told in the report. */
const STATE_EXPLANATION =
  "The module’s own graph answers its second call differently from its first, on the same inputs: it keeps the statistics of an earlier truncation. That is the module’s fault, not the port’s; the port keeps no state. The second call is what was compared.";

/** Everything a report holds, from a run's measurements: hashes the model's file, sweeps the truncations. */
export async function composeReport(
  model: Model,
  { result, compared }: MeasuredParity,
  { choice, minimalCase, ...given }: ComposeOptions,
  session: Session,
): Promise<ReportData> {
  const { signal } = session;
  return buildReport({
    ...given,
    diagnosis: result.diagnosis && { ...result.diagnosis, ...(minimalCase !== undefined && { minimalCase }) },
    moduleState: stateOf(result),
    description: modelLine(model),
    model,
    result,
    compared,
    sweep: choice === undefined ? undefined : await sweepModel(model, choice, given.labels, session),
    provenance: await provenanceOf(model.file, model.resolution.mapping, { signal }),
  });
}

function stateOf({ stateDifferences = [] }: ParityResult): ReportInputs["moduleState"] {
  return stateDifferences.length === 0 ? undefined : { explanation: STATE_EXPLANATION, layers: stateDifferences };
}

/** Throws when a row of the statistics is off that the compared pictures did not touch. */
export function requireSweep(file: string, { facts: { sweep: found } }: ReportData): void {
  const off = found?.points.find(({ maxAbs, bound }) => !(maxAbs <= bound));
  if (found === undefined || off === undefined) return;
  throw new ParityError(
    `${file}: ${found.candidate} against ${found.reference}: off at truncation ${formatNumber(off.truncation, 3)}: expected at most ${formatNumber(off.bound)}, found ${formatNumber(off.maxAbs)}`,
    { hint: "Look at the sweep in the report: a single row points to the statistics, all of them to the runtime." },
  );
}

/** One back-end through all rows of the statistics: the usual one, or the first that rounds. */
async function sweepModel(
  { graph, config, parameters }: Model,
  { backends }: BackendChoice,
  labels: readonly string[] | undefined,
  session: Session,
): Promise<ReportInputs["sweep"]> {
  const rounding = backends.filter((backend) => backend !== "reference");
  const candidate = rounding.find((backend) => backend === DEFAULT_BACKEND) ?? rounding[0];
  if (!isGenerator(config)) return undefined;
  const grid = config.truncationGrid;
  if (candidate === undefined || grid.length < 2) return undefined;
  const truncations = affordablePoints(graph, grid);
  const classIndex = Math.floor(graph.classes / 3);
  const about = {
    reference: "our graph in float64",
    candidate,
    label: labels?.[classIndex] ?? `class ${classIndex}`,
    seed: SWEEP_SEED,
    rows: grid.length,
  };
  if (truncations.length === 0) {
    return {
      ...about,
      note: `Not run: a picture of this model takes too long in float64 to be computed at each of ${grid.length} truncations.`,
    };
  }
  const { signal } = session;
  const arithmetic = arithmeticOf(candidate);
  const kept = keptParameters(parameters());
  const progress = session.progress(`sweeping on ${candidate}`, "steps");
  await using runtime = await openRuntime(candidate, graph, kept, { signal });
  try {
    const found = await sweep({
      graph,
      truncations,
      classIndex,
      seed: SWEEP_SEED,
      reference: async (inputs) => {
        const { layers, budgets } = await budgetedRun(graph, kept, inputs, [arithmetic], { signal });
        // What float64 itself rounds is a billionth of this, and not worth its time at every point.
        const bound = budgets(arithmetic).get("image")?.bound ?? Number.NaN;
        return { image: layerOf(layers, "image"), bound };
      },
      candidate: async (inputs) => layerOf(await evaluate(runtime, inputs, { signal }), "image"),
      onPoint: progress.update,
    });
    const partly = truncations.length < grid.length;
    return {
      ...about,
      found,
      ...(partly ? { note: "The model is too large for all of them in float64; these are evenly spread." } : {}),
    };
  } finally {
    progress.stop();
  }
}
