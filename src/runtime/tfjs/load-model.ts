import type { GraphModel } from "@tensorflow/tfjs-converter";
import { InterruptedError, throwIfAborted } from "../../core/errors.js";
import type { ParameterSource } from "../../core/parameter-source.js";
import type { TfjsGraph } from "../../lowering/tfjs-graph.js";
import { weightBytes } from "../../lowering/tfjs-weights.js";
import type { Tfjs } from "./engine.js";

/**
 * All weights of a lowered graph as float32 (constants as their own type), one buffer a tensor, in manifest order. They are read
 * before tfjs sees any, so that a failure or an abort leaves no tensor behind.
 */
export async function readWeights(
  graph: TfjsGraph,
  parameters: ParameterSource,
  signal: AbortSignal | undefined,
): Promise<ArrayBuffer[]> {
  const buffers: ArrayBuffer[] = [];
  for (const weight of graph.weights) {
    throwIfAborted(signal);
    const bytes = await weightBytes(weight, parameters, { signal }).catch((error: unknown) => {
      // A reader stopped by the signal may reject with the signal's own reason; callers know one kind of interruption.
      throw signal?.aborted ? new InterruptedError() : error;
    });
    buffers.push(bytes.slice().buffer);
  }
  return buffers;
}

/** Loads the very model that an export holds, by the loader that its users call. The buffers are given up one by one. */
export async function loadModel(
  { core, loadGraphModel }: Tfjs,
  graph: TfjsGraph,
  buffers: ArrayBuffer[],
): Promise<GraphModel> {
  const weightSpecs = graph.weights.map(({ name, shape, dtype }) => ({ name, shape: [...shape], dtype }));
  const getWeightStream = () =>
    new ReadableStream<ArrayBuffer>({
      pull(controller) {
        const buffer = buffers.shift();
        if (buffer === undefined) controller.close();
        else controller.enqueue(buffer);
      },
    });
  const { modelTopology, signature } = graph;
  return loadGraphModel(
    core.io.fromMemory({ format: "graph-model", modelTopology, signature, weightSpecs, getWeightStream }),
  );
}
