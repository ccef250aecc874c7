import { ParityError } from "../core/errors.js";
import { multiplyAdds } from "../graph/multiply-adds.js";
import type { Model } from "../mapping/open-model.js";
import { STANDARD_CASES } from "../parity/cases.js";
import { summarise } from "../parity/diagnosis/diagnosis.js";
import { parameterOrigins } from "../parity/diagnosis/origins.js";
import { moduleGraphOf } from "../parity/module-graph.js";
import { MODULE_REFERENCES } from "../parity/module-references.js";
import type { ComparedImages } from "../parity/pictures.js";
import { type ParityResult, runParity } from "../parity/run-parity.js";
import { allBackends, type BackendName, type NotRun, parseBackend } from "../runtime/backends.js";
import { list, wholeNumber } from "./options.js";
import { openOtherModels } from "./other-models.js";
import type { Progress } from "./progress.js";
import type { Session } from "./session.js";

/** Back-ends that a parity run takes when none is named: the float64 one and the one that samples by default. */
const USUAL_BACKENDS: readonly BackendName[] = ["reference", "tfjs-wasm"];

/** When only the module is asked, only our float64 answers. */
const PORT_BACKENDS: readonly BackendName[] = ["reference"];

/** Back-ends to compare, and those that `all` leaves out with the reason. */
export interface BackendChoice {
  readonly backends: readonly BackendName[];
  readonly notRun: readonly NotRun[];
  /** Whether one that fails is left out too: so it is with `all`, where nobody named it. */
  readonly leaveOutFailing: boolean;
}

/** `all` is every back-end that can run here; one that is named and not there fails when it is opened. */
async function parityBackends(
  names: string | readonly string[] | undefined,
  against: readonly string[],
): Promise<BackendChoice> {
  const onlyPort = against.length > 0 && against.every((name) => MODULE_REFERENCES.has(name));
  const chosen = list(names);
  if (chosen.includes("all")) return { ...(await allBackends()), leaveOutFailing: true };
  const usual = onlyPort ? PORT_BACKENDS : USUAL_BACKENDS;
  return { backends: chosen.length === 0 ? usual : chosen.map(parseBackend), notRun: [], leaveOutFailing: false };
}

/** A run, and the pictures behind its comparisons. */
export interface MeasuredParity {
  readonly result: ParityResult;
  readonly compared: readonly ComparedImages[];
}

export interface ParityRequest {
  /** `module`, `module:float32`, `float64`, paths of REF.npz files and models; without any, everything the model has to offer. */
  readonly against: readonly string[];
  readonly choice: BackendChoice;
  /** Rows to compare on; without it as many as the model's size allows. */
  readonly cases: number | undefined;
}

interface ParityArguments {
  readonly against: readonly string[] | undefined;
  readonly backend: readonly string[] | undefined;
  readonly cases: number | undefined;
}

/** The options of {@link withParity}, checked, and the back-ends that are there. */
export async function parityRequest({ against, backend, cases }: ParityArguments): Promise<ParityRequest> {
  const named = list(against);
  return {
    against: named,
    choice: await parityBackends(backend, named),
    cases: cases === undefined ? undefined : wholeNumber("cases", cases, 1, STANDARD_CASES),
  };
}

/** Above this a picture takes seconds in float64, and one says as much about the port as five. */
const LARGE_MODEL = 1e9;

/** A parity run with progress. */
export async function measureParity(
  model: Model,
  { against, choice, cases }: ParityRequest,
  session: Session,
): Promise<MeasuredParity> {
  const { graph, source, resolution } = model;
  const module = await moduleGraphOf(model);
  const bars = progressBars(session);
  const compared: ComparedImages[] = [];
  await using others = await openOtherModels(against, session.signal);
  const models = new Map(
    [...others.models].map(([name, other]) => [name, { graph: other.graph, parameters: other.parameters() }]),
  );
  try {
    const result = await runParity(graph, model.parameters(), {
      against: references(against, choice, module !== undefined),
      ...choice,
      module,
      models,
      origins: parameterOrigins(source, resolution.assignments),
      cases: cases ?? (multiplyAdds(graph) > LARGE_MODEL ? 1 : STANDARD_CASES),
      signal: session.signal,
      onProgress: bars.update,
      onImages: (images) => compared.push(images),
    });
    return { result, compared };
  } finally {
    bars.stop();
  }
}

/** The module's own graph tells whether the port is right; back-ends that round are held against float64, never against it. */
function references(named: readonly string[], { backends }: BackendChoice, hasGraph: boolean): readonly string[] {
  if (named.length === 0) return hasGraph ? ["module", "float64"] : ["float64"];
  const rounding = backends.some((backend) => backend !== "reference");
  const onlyModule = named.every((name) => MODULE_REFERENCES.has(name));
  return onlyModule && rounding ? [...named, "float64"] : named;
}

/** One bar at a time, for what is under way. */
function progressBars(session: Session) {
  let current: { readonly what: string; readonly bar: Progress } | undefined;
  return {
    update(done: number, total: number, what: string) {
      if (current?.what !== what) {
        current?.bar.stop();
        current = { what, bar: session.progress(`comparing: ${what}`, "steps") };
      }
      current.bar.update(done, total);
    },
    stop: () => current?.bar.stop(),
  };
}

/** Throws when something is not explained, naming back-end, reference and layer, and the cause when it was found. */
export function requireParity(file: string, { comparisons, diagnosis }: ParityResult): void {
  const [off, ...more] = comparisons.filter(({ verdict }) => verdict === "not explained");
  if (off === undefined) return;
  const layer = off.layers.find((candidate) => candidate.layer === off.firstOff);
  const numbers =
    layer === undefined
      ? ""
      : `: expected at most ${layer.bound.toExponential(2)}, found ${layer.difference.maxAbs.toExponential(2)}`;
  const others = more.length === 0 ? "" : ` (and ${more.length} more comparisons)`;
  const cause = diagnosis === undefined ? "" : `. ${summarise(diagnosis.diagnosis)}`;
  throw new ParityError(
    `${file}: ${off.candidate} against ${off.reference}: first off at ${off.firstOff}${numbers}${others}${cause}`,
    {
      hint: "Write the report with `biggan-port parity MODEL -o DIR`; it has the first layer that is off in numbers, and as a case to attach to an issue.",
    },
  );
}
