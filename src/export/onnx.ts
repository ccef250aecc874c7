import type { ParameterSource } from "../core/parameter-source.js";
import type { WriteOnnxOptions } from "../formats/onnx/write-model.js";
import type { Graph } from "../graph/graph.js";
import { type LowerOnnxOptions, lowerToOnnx } from "../lowering/onnx-graph.js";
import { writeOnnxGraph } from "../lowering/write-onnx-model.js";
import { version } from "../version.js";
import { asExport, type ExportedFile } from "./written-file.js";

export interface ExportOnnxOptions
  extends WriteOnnxOptions,
    Pick<LowerOnnxOptions, "maxScoreBytes" | "plan" | "compute"> {
  /** What the file says of where the model comes from (src/formats/description). The graph's own extents are always said. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * Writes `model.onnx` into a folder (with `model.onnx.data` beside it above 1 GiB), for any runtime of ONNX with operator set 17. Inputs `z` [n, zDim],
 * `y` [n, classes] and, unless baked in, `truncation` []; output `image` [n, R, R, 3]; or `x`, `y` and `logits` [n, 1]. One tensor is in memory at a time. `model.onnx`
 * is written last: a folder that was given up loads nowhere. The same graph and parameters give the same bytes.
 * @returns the files, paths below `folder`.
 * @throws ExportError when the folder cannot be written; InterruptedError when aborted; what `parameters` throws.
 *
 * @example
 * const files = await exportOnnx(graph, parameters, "out/onnx", { metadata: encodeDescription(description) });
 */
export async function exportOnnx(
  graph: Graph,
  parameters: ParameterSource,
  folder: string,
  { metadata = {}, maxScoreBytes, plan, compute, ...options }: ExportOnnxOptions = {},
): Promise<ExportedFile[]> {
  const lowered = lowerToOnnx(graph, { plan, compute, ...(maxScoreBytes === undefined ? {} : { maxScoreBytes }) });
  const { name, zDim, classes, resolution, layers } = graph;
  const facts = { zDim, classes, resolution, layers: [...layers.keys()].join(" ") };
  const ownFacts = Object.entries(facts).map(([key, value]) => [key, String(value)] as const);
  const provenance = {
    producer: { name: "biggan-port", version },
    doc: `${name}, ${resolution} x ${resolution}, ${classes} classes; written by biggan-port ${version}`,
    metadata: { ...Object.fromEntries(ownFacts), ...metadata },
  };
  return asExport(folder, () => writeOnnxGraph(lowered, provenance, parameters, folder, options), options.signal);
}
