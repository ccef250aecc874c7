import type { ParameterSource } from "../core/parameter-source.js";
import type { Graph } from "../graph/graph.js";
import { lowerToTfjs } from "../lowering/tfjs-graph.js";
import { type WriteModelOptions, writeTfjsModel } from "../lowering/write-tfjs-model.js";
import type { PrecisionPlan } from "../storage/plan.js";
import { asExport, type ExportedFile } from "./written-file.js";

export interface ExportTfjsOptions extends WriteModelOptions {
  /** How parameters are stored; float32 when not given. */
  readonly plan?: PrecisionPlan | undefined;
}

/**
 * Writes `model.json` and `group1-shard1ofN.bin` … into a folder, for the plain `tf.loadGraphModel`. One tensor is in memory at a
 * time. `model.json` is written last: a folder that was given up loads nowhere. The same graph and parameters give the same bytes.
 * @returns the files, weights first, paths below `folder`.
 * @throws ExportError when the folder cannot be written; InterruptedError when aborted; what `parameters` throws.
 *
 * @example
 * const files = await exportTfjs(graph, parameters, "out/tfjs");
 */
export async function exportTfjs(
  graph: Graph,
  parameters: ParameterSource,
  folder: string,
  { plan, ...options }: ExportTfjsOptions = {},
): Promise<ExportedFile[]> {
  const lowered = lowerToTfjs(graph, { plan });
  return asExport(folder, () => writeTfjsModel(lowered, parameters, folder, options), options.signal);
}
