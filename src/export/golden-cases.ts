import type { Graph } from "../graph/graph.js";
import { multiplyAdds } from "../graph/multiply-adds.js";

/** One golden picture: a class at full weight, a seed of the sampler, a truncation. */
export interface GoldenCase {
  readonly classIndex: number;
  readonly seed: number;
  readonly truncation: number;
}

/**
 * Three classes spread over the list, at truncation 1, at 0.4 (the public demo's default, a row of the statistics) and at
 * 0.75, between two rows: a port with the statistics of truncation 1 alone, or with a wrong interpolation, fails one of them.
 * A graph in which one truncation is baked has that one alone.
 */
export function goldenCases(classes: number, baked?: number): readonly GoldenCase[] {
  return [1, 0.4, 0.75].map((truncation, index) => ({
    classIndex: Math.floor((index * (classes - 1)) / 2),
    seed: index,
    truncation: baked ?? truncation,
  }));
}

/** The reference computes some hundred million multiply-adds a second: below this, the golden pictures take seconds. */
const CHEAP_MULTIPLY_ADDS = 5e8;

/** Whether golden pictures are a matter of seconds: of the small models. The published sizes take half a minute and more. */
export function goldensAreCheap(graph: Graph): boolean {
  return multiplyAdds(graph) <= CHEAP_MULTIPLY_ADDS;
}
