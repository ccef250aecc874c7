import type { Tensor } from "../core/tensor.js";
import type { Graph } from "../graph/graph.js";
import { multiplyAdds } from "../graph/multiply-adds.js";
import type { EvaluationInputs } from "../runtime/evaluate.js";
import { oneHot } from "../sampling/class-mix.js";
import { sampleRows } from "../sampling/sample-z.js";
import type { Verdict } from "./compare.js";
import { difference } from "./measures.js";

/** One picture at one truncation, from both sides. */
export interface SweepPoint {
  readonly truncation: number;
  readonly maxAbs: number;
  readonly bound: number;
}

export interface Sweep {
  readonly points: readonly SweepPoint[];
  /** The reference's pictures, [points, R, R, 3]. */
  readonly images: Tensor;
  readonly verdict: Verdict;
}

export interface SweepOptions {
  readonly graph: Graph;
  readonly truncations: readonly number[];
  readonly classIndex: number;
  readonly seed: number;
  /** One picture [1, R, R, 3], and the largest absolute difference from it that rounding explains. */
  readonly reference: (inputs: EvaluationInputs) => Promise<{ readonly image: Tensor; readonly bound: number }>;
  readonly candidate: (inputs: EvaluationInputs) => Promise<Tensor>;
  readonly onPoint?: (done: number, total: number) => void;
}

/**
 * What a sweep may cost in multiply-adds of one side: about half a minute of the float64 reference (0.3e9 a second, measured on
 * one core), so that all rows of a small model are run and a few of a large one.
 */
const SWEEP_COST = 6e9;

/** A line through fewer points tells nothing about the rows between. */
const FEWEST_POINTS = 3;

/**
 * The points of a truncation grid that a sweep can afford: all; or some, evenly spread, both ends among them; or none when not
 * even three fit.
 */
export function affordablePoints(graph: Graph, grid: readonly number[], cost = SWEEP_COST): readonly number[] {
  const many = Math.floor(cost / Math.max(1, multiplyAdds(graph)));
  if (many >= grid.length) return grid;
  if (many < FEWEST_POINTS) return [];
  return Array.from({ length: many }, (_, index) => Math.round((index * (grid.length - 1)) / (many - 1))).flatMap(
    (row) => grid[row] ?? [],
  );
}

/**
 * The same latent vector and class through every truncation given: each selects other rows of the statistics, so a row that is
 * off by one, or lost, stands out. z is scaled by the truncation as the public demo does.
 */
export async function sweep(options: SweepOptions): Promise<Sweep> {
  const { graph, truncations, classIndex, seed, reference, candidate, onPoint } = options;
  const y = oneHot([[{ index: classIndex, weight: 1 }]], graph.classes);
  const size = graph.resolution * graph.resolution * 3;
  const pictures = new Float32Array(truncations.length * size);
  const points: SweepPoint[] = [];
  for (const [index, point] of truncations.entries()) {
    const truncation = Math.fround(point);
    const inputs = { z: sampleRows(graph.zDim, [{ truncation: point, seed }]), y, truncation };
    const wanted = await reference(inputs);
    const { maxAbs } = difference(wanted.image, await candidate(inputs));
    points.push({ truncation: point, maxAbs, bound: wanted.bound });
    pictures.set(wanted.image.data, index * size);
    onPoint?.(index + 1, truncations.length);
  }
  return {
    points,
    images: { shape: [truncations.length, graph.resolution, graph.resolution, 3], data: pictures },
    verdict: points.every(({ maxAbs, bound }) => maxAbs <= bound) ? "explained by rounding" : "not explained",
  };
}
