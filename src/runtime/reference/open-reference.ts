import { InterruptedError, throwIfAborted } from "../../core/errors.js";
import type { ParameterSource } from "../../core/parameter-source.js";
import { elementCount, formatShape, type Shape, type Tensor, toFloat64 } from "../../core/tensor.js";
import type { Graph, GraphNode } from "../../graph/graph.js";
import { checkBatch, requestedLayers } from "../requests.js";
import type { ModelInputs, ModelOutputs, RunOptions, Runtime } from "../runtime.js";
import { schedule } from "../schedule.js";
import { feeds64, nodeValue } from "./node-value.js";
import type { NodeObserver } from "./observer.js";
import type { Tensor64 } from "./tensor64.js";
import { createTurns, finish } from "./turns.js";

export interface ReferenceOptions {
  /** Keep what was read for the next run, 8 bytes a number (biggan-deep-128: 400 MB). Otherwise each run reads it again. */
  readonly keepParameters?: boolean;
  /** Called after each node with the bytes its run holds, kept parameters left out. */
  readonly onNode?: (node: GraphNode, liveBytes: number) => void;
  /** Makes an observer for each run, which is shown every node that is computed. */
  readonly observe?: () => NodeObserver;
  /** Stops the opening (nothing is read yet); a run has its own. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * The specification of what a graph means: every operation in plain float64 loops. Parameters are read when the first node that
 * uses them is reached; values are dropped after their last use. Runs are independent of each other and may overlap.
 *
 * @example
 * await using runtime = await openReference(graph, parameters);
 * const image = layerOf(await runtime.run({ z, y, truncation: 0.5 }), "image");
 */
export async function openReference(
  graph: Graph,
  parameters: ParameterSource,
  { keepParameters = true, onNode, observe, signal: opening }: ReferenceOptions = {},
): Promise<Runtime> {
  throwIfAborted(opening);
  const kept = new Map<string, Tensor64>();

  async function readParameter(name: string, shape: Shape, signal: AbortSignal | undefined): Promise<Tensor64> {
    const known = kept.get(name);
    if (known !== undefined) return known;
    const data = toFloat64(await parameters.read(name, { signal }));
    if (data.length !== elementCount(shape)) {
      throw new Error(`${name}: expected numbers for ${formatShape(shape)}, found ${data.length}`);
    }
    const tensor = { shape, data };
    if (keepParameters) kept.set(name, tensor);
    return tensor;
  }

  async function run(inputs: ModelInputs, options: RunOptions = {}): Promise<ModelOutputs> {
    const { taps, signal, onLayer } = options;
    throwIfAborted(signal);
    checkBatch(graph, inputs);
    const wanted = requestedLayers(graph, taps);
    const turns = createTurns(signal);
    const fed = feeds64(inputs);
    const live = new Map<number, Tensor64>();
    const outputs = new Map<string, Tensor>();
    const observer = observe?.();

    const inputOf = async (id: number): Promise<Tensor64> => {
      const computed = live.get(id);
      if (computed !== undefined) return computed;
      const node = graph.nodes[id];
      if (node?.operation.op !== "parameter")
        throw new Error(`${graph.name}: node ${id} is used before it is computed`);
      const parameter = await readParameter(node.operation.parameter, node.shape, signal);
      live.set(id, parameter);
      return parameter;
    };

    for (const { node, layers, drop } of schedule(graph, wanted.values())) {
      const operands: Tensor64[] = [];
      for (const id of node.inputs) operands.push(await inputOf(id));
      const value = await nodeValue(node, operands, fed, turns);
      live.set(node.id, value);
      if (observer !== undefined) await finish(observer(node, operands, value), turns);
      for (const name of layers) {
        if (wanted.has(name)) outputs.set(name, value);
        onLayer?.(name);
      }
      onNode?.(node, liveBytes(live, outputs, kept));
      for (const id of drop) live.delete(id);
    }
    return outputs;
  }

  return {
    backend: "reference",
    description: "float64, plain loops",
    async run(inputs, options) {
      try {
        return await run(inputs, options);
      } catch (error) {
        // A reader stopped by the signal may reject with the signal's own reason; callers know one kind of interruption.
        throw options?.signal?.aborted ? new InterruptedError() : error;
      }
    },
    async [Symbol.asyncDispose]() {
      kept.clear();
    },
  };
}

/** What a run holds: a reshape shares its data, and a tap may be live and handed out, so arrays are counted once. */
function liveBytes(
  live: ReadonlyMap<number, Tensor>,
  outputs: ReadonlyMap<string, Tensor>,
  kept: ReadonlyMap<string, Tensor>,
): number {
  const arrays = new Set([...live.values(), ...outputs.values()].map((tensor) => tensor.data));
  for (const { data } of kept.values()) arrays.delete(data);
  let bytes = 0;
  for (const { byteLength } of arrays) bytes += byteLength;
  return bytes;
}
