import { throwIfAborted } from "../core/errors.js";
import type { ParameterSource } from "../core/parameter-source.js";
import { elementCount, type Tensor } from "../core/tensor.js";
import type { Graph, GraphNode } from "../graph/graph.js";
import { type BackendName, openRuntime } from "../runtime/backends.js";
import { takeRows } from "../runtime/evaluate.js";
import { isOnnxBackend } from "../runtime/native/onnxruntime.js";
import { openOnnxRanges } from "../runtime/native/open-onnx.js";
import { layerOf } from "../runtime/runtime.js";
import { inputsOfCases, type QualityCase } from "./quality-cases.js";

/** What a node's values were over some pictures. */
export interface NodeRange {
  readonly node: GraphNode;
  readonly low: number;
  readonly high: number;
  /** Root mean square of all of them. */
  readonly rms: number;
  /** The largest magnitude in each picture. */
  readonly largest: readonly number[];
  /** Of a sequence: the length of its longest vector in each picture, from which scores of attention are bounded. */
  readonly longest: readonly number[];
}

export interface RangeOptions {
  readonly backend: BackendName;
  readonly cases: readonly QualityCase[];
  /** Which nodes to watch; every one that computes when not given. */
  readonly watched?: (node: GraphNode) => boolean;
  readonly signal?: AbortSignal | undefined;
  /** Called for each picture. */
  readonly onPicture?: (() => void) | undefined;
}

/** Values handed out by one run: every node of biggan-128 in one, of larger models in several. */
const MAX_VALUES = 64 * 1024 * 1024;

/**
 * The values of nodes that compute, picture by picture. onnxruntime takes the ranges itself. Elsewhere nodes are handed out as if they were
 * layers, which any runtime can do; a picture is then drawn as often as its values do not fit in memory.
 */
export async function measureRanges(
  graph: Graph,
  source: ParameterSource,
  { backend, cases, watched = () => true, signal, onPicture }: RangeOptions,
): Promise<ReadonlyMap<string, NodeRange>> {
  const computing = graph.nodes.filter(({ operation }) => operation.op !== "input" && operation.op !== "parameter");
  const nodes = computing.filter(watched);
  const image: [string, number][] = [...graph.layers].filter(([layer]) => layer === "image");
  const layers = new Map([...nodes.map(({ name, id }): [string, number] => [name, id]), ...image]);
  const reduced = isOnnxBackend(backend);
  await using runtime = reduced
    ? await openOnnxRanges({ ...graph, layers }, source, { backend, signal })
    : await openRuntime(backend, { ...graph, layers }, source, { signal });
  const [parts, rangeIn] = reduced ? [[nodes], reducedRange] : [partsOf(nodes), rangeOf];
  const inputs = inputsOfCases(graph, cases);
  const ranges = new Map<string, NodeRange>();
  for (const [index, { truncation }] of cases.entries()) {
    for (const part of parts) {
      throwIfAborted(signal);
      const batch = { z: takeRows(inputs.z, [index]), y: takeRows(inputs.y, [index]), truncation };
      const values = await runtime.run(batch, { taps: part.map(({ name }) => name), signal });
      for (const node of part) {
        const found = rangeIn(node, layerOf(values, node.name));
        const before = ranges.get(node.name);
        ranges.set(node.name, before === undefined ? found : joined(before, found));
      }
    }
    onPicture?.();
  }
  return ranges;
}

/** From the four numbers that the runtime took of it. */
function reducedRange(node: GraphNode, { data }: Tensor): NodeRange {
  const [low = Number.NaN, high = Number.NaN, squares = Number.NaN, longest = Number.NaN] = data;
  const count = elementCount(node.shape.map(Math.abs));
  const largest = Math.max(Math.abs(low), Math.abs(high));
  return { node, low, high, rms: Math.sqrt(squares / count), largest: [largest], longest: [Math.sqrt(longest)] };
}

/** Consecutive nodes whose values fit together. */
function partsOf(nodes: readonly GraphNode[]): readonly (readonly GraphNode[])[] {
  const parts: GraphNode[][] = [[]];
  let values = 0;
  for (const node of nodes) {
    const count = elementCount(node.shape.map(Math.abs));
    if (values + count > MAX_VALUES) {
      parts.push([]);
      values = 0;
    }
    parts.at(-1)?.push(node);
    values += count;
  }
  return parts.filter((part) => part.length > 0);
}

function rangeOf(node: GraphNode, { data }: Tensor): NodeRange {
  const width = node.shape.at(-1) ?? 1;
  let [low, high, squares, longest, length] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0, 0];
  for (let at = 0; at < data.length; at++) {
    const value = data[at] ?? Number.NaN;
    if (value < low) low = value;
    if (value > high) high = value;
    squares += value * value;
    length += value * value;
    if ((at + 1) % width === 0) {
      longest = Math.max(longest, Math.sqrt(length));
      length = 0;
    }
  }
  const largest = Math.max(Math.abs(low), Math.abs(high));
  return { node, low, high, rms: Math.sqrt(squares / data.length), largest: [largest], longest: [longest] };
}

function joined(one: NodeRange, other: NodeRange): NodeRange {
  const [count, more] = [one.largest.length, other.largest.length];
  return {
    node: one.node,
    low: Math.min(one.low, other.low),
    high: Math.max(one.high, other.high),
    rms: Math.sqrt((one.rms ** 2 * count + other.rms ** 2 * more) / (count + more)),
    largest: [...one.largest, ...other.largest],
    longest: [...one.longest, ...other.longest],
  };
}
