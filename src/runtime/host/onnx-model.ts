import type { ParameterSource } from "../../core/parameter-source.js";
import type { Graph } from "../../graph/graph.js";
import { type LowerOnnxOptions, lowerToOnnx, tapOutput } from "../../lowering/onnx-graph.js";
import { writeOnnxGraph } from "../../lowering/write-onnx-model.js";
import type { HostedModel } from "./hosted-model.js";

/**
 * The ONNX export twice: `image.onnx` hands out the picture alone, as exports do, `taps.onnx` every layer, which costs the optimizer some of what it
 * would fuse. onnx-engine.js loads the second when a layer is asked for. Both have their tensors in one `weights.data`.
 */
export function onnxModel(
  graph: Graph,
  parameters: ParameterSource,
  lowering: Omit<LowerOnnxOptions, "taps"> = {},
): HostedModel {
  const layers = [...graph.layers.keys()].filter((layer) => layer !== "image");
  const provenance = { producer: { name: "biggan-port", version: "" }, doc: "", metadata: {} };
  return {
    async write(folder, { signal }) {
      const options = { signal, externalAbove: -1, dataName: "weights.data" };
      const image = { ...options, fileName: "image.onnx" };
      const taps = { ...options, fileName: "taps.onnx", dataWritten: true };
      await writeOnnxGraph(lowerToOnnx(graph, lowering), provenance, parameters, folder, image);
      await writeOnnxGraph(lowerToOnnx(graph, { ...lowering, taps: layers }), provenance, parameters, folder, taps);
    },
    nodeOf: tapOutput,
    keptOpen: true,
  };
}
