import "@tensorflow/tfjs-backend-cpu";
import { loadGraphModel } from "@tensorflow/tfjs-converter";
import * as tf from "@tensorflow/tfjs-core";
import type { ParameterSource } from "../../src/core/parameter-source.js";
import type { TfjsGraph } from "../../src/lowering/tfjs-graph.js";
import { weightBytes } from "../../src/lowering/tfjs-weights.js";

/** A lowered graph in tfjs' own executor on the cpu back-end. The caller disposes of it. */
export async function modelOf(graph: TfjsGraph, parameters: ParameterSource) {
  tf.enableProdMode();
  await tf.setBackend("cpu");
  const parts: ArrayBuffer[] = [];
  for (const weight of graph.weights) parts.push((await weightBytes(weight, parameters)).slice().buffer);
  return loadGraphModel(
    tf.io.fromMemory({
      format: "graph-model",
      modelTopology: graph.modelTopology,
      signature: graph.signature,
      weightSpecs: graph.weights.map(({ name, shape, dtype }) => ({ name, shape: [...shape], dtype })),
      weightData: parts,
    }),
  );
}
