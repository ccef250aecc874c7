import { copyFile, readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { ParameterSource } from "../../core/parameter-source.js";
import { type Graph, outputOf } from "../../graph/graph.js";
import { type LowerOnnxOptions, lowerToOnnx, tapOutput } from "../../lowering/onnx-graph.js";
import { rangeOutput } from "../../lowering/onnx-ranges.js";
import { writeOnnxGraph } from "../../lowering/write-onnx-model.js";
import type { HostedModel } from "./hosted-model.js";

/** Nobody will ask. */
const NO_PROVENANCE = { producer: { name: "biggan-port", version: "" }, doc: "", metadata: {} };

const DATA_BESIDE = { externalAbove: -1, dataName: "weights.data" };

/**
 * The ONNX export twice: `image.onnx` hands out the picture alone, as exports do, `taps.onnx` every layer, which costs the optimizer some of what it
 * would fuse. onnx-engine.js loads the second when a layer is asked for. Both have their tensors in one `weights.data`.
 */
export function onnxModel(
  graph: Graph,
  parameters: ParameterSource,
  lowering: Omit<LowerOnnxOptions, "taps"> = {},
): HostedModel {
  const layers = [...graph.layers.keys()].filter((layer) => layer !== outputOf(graph));
  return {
    async write(folder, { signal }) {
      const options = { ...DATA_BESIDE, signal };
      const image = { ...options, fileName: "image.onnx" };
      const taps = { ...options, fileName: "taps.onnx", dataWritten: true };
      await writeOnnxGraph(lowerToOnnx(graph, lowering), NO_PROVENANCE, parameters, folder, image);
      await writeOnnxGraph(lowerToOnnx(graph, { ...lowering, taps: layers }), NO_PROVENANCE, parameters, folder, taps);
    },
    nodeOf: tapOutput,
    keptOpen: true,
  };
}

/** One model, `image.onnx`, that hands out the picture and the range of every layer, [1, 4] (src/lowering/onnx-ranges.ts). */
export function onnxRangesModel(graph: Graph, parameters: ParameterSource): HostedModel {
  const layers = [...graph.layers.keys()].filter((layer) => layer !== outputOf(graph));
  const lowered = lowerToOnnx(graph, { taps: layers, ranges: true });
  return {
    write: (folder, { signal }) =>
      writeOnnxGraph(lowered, NO_PROVENANCE, parameters, folder, { ...DATA_BESIDE, signal, fileName: "image.onnx" }),
    nodeOf: (layer) => (layer === outputOf(graph) ? layer : rangeOutput(layer)),
    keptOpen: true,
  };
}

/** An export's `model.onnx`, with its tensors' own file where it has one. It hands out the picture alone. */
export function onnxFileModel(file: string): HostedModel {
  return {
    async write(folder) {
      const beside = (await readdir(dirname(file))).filter((name) => name.startsWith(`${basename(file)}.`));
      await copyFile(file, join(folder, "image.onnx"));
      for (const name of beside) await copyFile(join(dirname(file), name), join(folder, name));
    },
    nodeOf: tapOutput,
    keptOpen: true,
  };
}
