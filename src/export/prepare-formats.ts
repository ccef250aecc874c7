import { UsageError } from "../core/errors.js";
import type { ParameterSource } from "../core/parameter-source.js";
import type { ExportFormat } from "../formats/description/description.js";
import type { Graph } from "../graph/graph.js";
import type { OnnxCompute } from "../lowering/onnx-graph.js";
import type { Model } from "../mapping/model.js";
import { bakeTruncation } from "../passes/bake-truncation.js";
import { derivedParameters } from "../passes/derived-parameters.js";
import { parsePasses } from "../passes/parse-passes.js";
import type { Pass } from "../passes/pass.js";
import { type PassReport, runPasses } from "../passes/run-passes.js";
import type { PlannedPrecision } from "../precision/plan-for.js";

/** One format of an export: the graph as it is written, and how. */
export interface PreparedFormat {
  readonly format: ExportFormat;
  readonly graph: Graph;
  readonly parameters: ParameterSource;
  /** Rewrites that changed something, in their order. */
  readonly passes: readonly PassReport[];
  /** How the parameters are stored, where that was chosen; else float32. */
  readonly precision?: PlannedPrecision | undefined;
  /** Of ONNX: what computes in fewer bits. */
  readonly compute?: OnnxCompute | undefined;
}

/** Whether its pictures are those of other weights. What also computes in fewer bits is judged by its likeness to float32 instead. */
export function storesFewerBits({ precision, compute }: PreparedFormat): boolean {
  const stored = [...(precision?.plan.values() ?? [])];
  return compute === undefined && stored.some((each) => each !== "float32");
}

export interface FormatChoices {
  readonly formats: readonly ExportFormat[];
  /** As {@link parsePasses} takes it; `default` when not given. */
  readonly passes?: string | undefined;
  /** Baked in. */
  readonly truncation?: number | undefined;
}

/**
 * Rewrites a model's graph for each format: tfjs and ONNX by the passes that pay there; safetensors holds the graph's own parameters, for
 * others to build on, and at most has the truncation baked in. A model that is a rewritten export stays as it is.
 * @throws UsageError for unknown passes, a truncation without statistics, and rewrites of what is rewritten.
 */
export function prepareFormats(
  model: Model,
  { formats, passes, truncation }: FormatChoices,
): readonly PreparedFormat[] {
  const parameters = model.parameters();
  const before = model.description?.passes ?? [];
  if (before.length > 0) {
    requireUnchanged(model.file, passes, truncation);
    return formats.map((format) => ({ format, graph: model.graph, parameters, passes: [] }));
  }
  return formats.map((format) => {
    const run = runPasses(model.graph, passesFor(format, passes, truncation), { truncation });
    return { format, graph: run.graph, parameters: derivedParameters(parameters, run.derived), passes: run.reports };
  });
}

function passesFor(format: ExportFormat, passes: string | undefined, truncation: number | undefined): readonly Pass[] {
  const baking = truncation === undefined ? [] : [bakeTruncation];
  if (format === "safetensors") return baking;
  const chosen = parsePasses(passes ?? "default", format);
  if (truncation !== undefined && !chosen.includes(bakeTruncation)) return [...baking, ...chosen];
  return chosen;
}

/** Names of derived parameters depend on the whole run of passes: a second run would not be the same as one. */
function requireUnchanged(file: string, passes: string | undefined, truncation: number | undefined): void {
  const asked = truncation !== undefined ? "--truncation" : passes !== undefined && passes !== "none" ? "--passes" : "";
  if (asked === "") return;
  throw new UsageError(`${asked}: ${file} is an export that was rewritten already`, {
    hint: "Give the checkpoint, or an export made with --passes none.",
  });
}
