import type { ParameterSource } from "../core/parameter-source.js";
import type { WrittenFile } from "../core/written-file.js";
import type { OnnxModel } from "../formats/onnx/model.js";
import { type WriteOnnxOptions, writeOnnxModel } from "../formats/onnx/write-model.js";
import { rememberLast } from "../storage/remember-last.js";
import type { OnnxWeight } from "./onnx-emitter.js";
import type { OnnxGraph } from "./onnx-graph.js";
import { encodeWeight } from "./onnx-weights.js";

/** What a model's file says of where it comes from. */
export type OnnxProvenance = Pick<OnnxModel, "producer" | "doc" | "metadata">;

/**
 * Writes a lowered graph with its parameters into a folder: `model.onnx`, and `model.onnx.data` where the tensors are many. One tensor is in
 * memory at a time.
 */
export async function writeOnnxGraph(
  { name, nodes, inputs, outputs, weights }: OnnxGraph,
  provenance: OnnxProvenance,
  parameters: ParameterSource,
  folder: string,
  options: WriteOnnxOptions = {},
): Promise<WrittenFile[]> {
  const model = { name, nodes, inputs, outputs, tensors: weights, ...provenance };
  const byName = new Map<string, OnnxWeight>(weights.map((weight) => [weight.name, weight]));
  const source = rememberLast(parameters);
  const bytes = (tensor: { readonly name: string }) => {
    const weight = byName.get(tensor.name);
    if (weight === undefined) throw new Error(`onnx: no weight ${tensor.name}`);
    return encodeWeight(weight, source, { signal: options.signal });
  };
  return writeOnnxModel(model, bytes, folder, options);
}
