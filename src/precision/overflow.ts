import type { Graph } from "../graph/graph.js";
import { MAX_FLOAT16, MIN_NORMAL_FLOAT16 } from "../storage/float16.js";
import type { NodeRange } from "./ranges.js";

/** What is foretold of one node if it computed in float16. */
export interface Float16Forecast {
  readonly node: string;
  /** The largest magnitude that was seen, and that which one picture in a million will pass. */
  readonly seen: number;
  readonly foretold: number;
  readonly risk: "none" | "overflow" | "underflow";
}

/** Of pictures, that the foretold magnitude is passed in. */
const CHANCE = 1e-6;

/** Typical values must be so much above float16's smallest normal number, or their precision is already lost. */
const UNDERFLOW_MARGIN = 8;

const EULER = 0.577_215_664_901_532_9;

/**
 * Which nodes are not safe in float16. Maxima of many values follow Gumbel's distribution, whose two parameters come from the mean and the
 * deviation of the pictures' maxima (method of moments); its quantile is the margin above what was seen. Scores of attention are no node
 * of the graph: they are at most the product of the longest query and the longest key.
 */
export function forecastFloat16(graph: Graph, ranges: ReadonlyMap<string, NodeRange>): readonly Float16Forecast[] {
  return [...ranges.values()].map(({ node, largest, rms }) => {
    const maxima = node.operation.op === "attend" ? scoresOf(graph, ranges, node.inputs, largest) : largest;
    const seen = Math.max(...maxima);
    const foretold = Math.max(seen, gumbelQuantile(maxima));
    const vanishing = seen > 0 && rms < MIN_NORMAL_FLOAT16 * UNDERFLOW_MARGIN;
    const risk = !(foretold <= MAX_FLOAT16) ? "overflow" : vanishing ? "underflow" : "none";
    return { node: node.name, seen, foretold, risk };
  });
}

/** Nodes that must stay in float32. */
export function nodesAtRisk(forecast: readonly Float16Forecast[]): ReadonlySet<string> {
  return new Set(forecast.filter(({ risk }) => risk !== "none").map(({ node }) => node));
}

function scoresOf(
  { nodes }: Graph,
  ranges: ReadonlyMap<string, NodeRange>,
  [queries = -1, keys = -1]: readonly number[],
  largest: readonly number[],
): readonly number[] {
  const longest = (id: number) => ranges.get(nodes[id]?.name ?? "")?.longest ?? [];
  const [from, to] = [longest(queries), longest(keys)];
  return largest.map((value, picture) => Math.max(value, (from[picture] ?? 0) * (to[picture] ?? 0)));
}

function gumbelQuantile(maxima: readonly number[]): number {
  const mean = maxima.reduce((sum, value) => sum + value, 0) / maxima.length;
  const variance = maxima.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, maxima.length - 1);
  const scale = Math.sqrt(6 * variance) / Math.PI;
  return mean - EULER * scale - scale * Math.log(-Math.log1p(-CHANCE));
}
