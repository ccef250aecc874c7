import type { Graph } from "../graph/graph.js";
import type { EvaluationInputs } from "../runtime/evaluate.js";
import { oneHot } from "../sampling/class-mix.js";
import { sampleRows } from "../sampling/sample-z.js";

/** One picture to judge by: a class at full weight, a seed of the sampler, a truncation. */
export interface QualityCase {
  readonly classIndex: number;
  readonly seed: number;
  readonly truncation: number;
}

/** The fewest pictures that a quality is stated from. */
export const QUALITY_SAMPLES = 64;

/** In the order of use: both ends, what the public demo offers in between, and places between two rows of the statistics. */
const TRUNCATIONS = [0.5, 1, 0.3, 0.75, 0.1, 0.4, 0.65, 0.9, 0.2, 0.55, 0.85, 0.04];

/** Steps through the classes that reach many of them early: the golden ratio's. */
const GOLDEN = 0.618_033_988_749_895;

export interface QualityCaseOptions {
  readonly count?: number;
  /** Of the first picture; the others count up. Other seeds are other ("fresh") samples, of other classes too. */
  readonly seed: number;
  /** The one truncation of a graph in which it is baked. */
  readonly truncation?: number | undefined;
}

/** Several classes, seeds and truncations, the same for the same options. */
export function qualityCases(
  { classes }: Pick<Graph, "classes">,
  { count = QUALITY_SAMPLES, seed, truncation }: QualityCaseOptions,
): readonly QualityCase[] {
  return Array.from({ length: count }, (_, index) => ({
    classIndex: Math.floor((((seed + index) * GOLDEN) % 1) * classes),
    seed: seed + index,
    truncation: truncation ?? TRUNCATIONS[index % TRUNCATIONS.length] ?? 1,
  }));
}

/** What a runtime is fed. */
export function inputsOfCases(
  { zDim, classes }: Pick<Graph, "zDim" | "classes">,
  cases: readonly QualityCase[],
): EvaluationInputs {
  return {
    z: sampleRows(zDim, cases),
    y: oneHot(
      cases.map(({ classIndex }) => [{ index: classIndex, weight: 1 }]),
      classes,
    ),
    truncation: cases.map(({ truncation }) => truncation),
  };
}
