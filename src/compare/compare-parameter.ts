import type { ParameterSource } from "../core/parameter-source.js";
import { type Shape, sameShape } from "../core/tensor.js";
import type { Parameter } from "../graph/graph.js";
import type { BeforeNorm } from "../mapping/before-norm.js";
import type { Turns } from "../runtime/reference/turns.js";
import type { Side } from "./align-models.js";
import { type Measures, measuring, relativeToScale } from "./measures.js";
import { pairedPieces } from "./paired-pieces.js";
import { storedAs } from "./stored-as.js";

/**
 * equal: every number, as float32. rounding: rewritten from weights that were rounded to float32 before, or not. float16, int8: one is
 * exactly what storing the other so gives. norm: equal before the spectral norm, which divides them by other numbers.
 */
export type Outcome =
  | "equal"
  | "rounding"
  | "float16"
  | "int8"
  | "norm"
  | "different"
  | "shape"
  | "only in A"
  | "only in B";

/** One parameter in two models. */
export interface ParameterComparison {
  readonly name: string;
  readonly kind: Parameter["kind"];
  readonly outcome: Outcome;
  readonly shapeA?: Shape;
  readonly shapeB?: Shape;
  /** Where both have it, in the same shape. */
  readonly measures?: Measures;
}

/**
 * Of the largest magnitude: rewrites make of a weight sums and products of two or three numbers, each of which float32 rounds by a part
 * in 2^24 at most.
 */
const ROUNDING = 2 ** -22;

/**
 * Of the largest magnitude: what an epsilon of 1e-4, inside a square root or beside it, changes of a sigma of 0.3 and more. A sigma that is
 * further off comes of another singular vector, and makes another model.
 */
const NORM = 1e-3;

/** What comparing needs beside the two parameters. */
export interface Compared {
  readonly a: Side;
  readonly b: Side;
  /** Where no rewrite stands between the parameters and the checkpoints; without it, rounding may. */
  readonly undivided?: readonly [a: BeforeNorm, b: BeforeNorm] | undefined;
  readonly turns: Turns;
  readonly signal: AbortSignal | undefined;
}

/** Compares one parameter, which at least one of the two has. */
export async function compareParameter(name: string, compared: Compared): Promise<ParameterComparison> {
  const { a, b, signal, undivided } = compared;
  const [inA, inB] = [a.graph.parameters.get(name), b.graph.parameters.get(name)];
  const kind = (inA ?? inB)?.kind ?? "weight";
  const known = { name, kind, ...(inA && { shapeA: inA.shape }), ...(inB && { shapeB: inB.shape }) };
  if (inA === undefined) return { ...known, outcome: "only in B" };
  if (inB === undefined) return { ...known, outcome: "only in A" };
  if (!sameShape(inA.shape, inB.shape)) return { ...known, outcome: "shape" };

  const measures = await measure(name, a.parameters, b.parameters, compared);
  const found = (outcome: Outcome): ParameterComparison => ({ ...known, outcome, measures });
  if (measures.differing === 0) return found("equal");
  if (undivided === undefined && relativeToScale(measures) <= ROUNDING) return found("rounding");
  if (undivided?.every((each) => each.has(name))) {
    const [x, y] = undivided;
    const before = await measure(name, x.parameters, y.parameters, compared);
    return found(before.differing === 0 && relativeToScale(measures) <= NORM ? "norm" : "different");
  }
  return found((await storedAs(asParameter(inA), a.parameters, b.parameters, measures, { signal })) ?? "different");
}

const asParameter = ({ name, shape, kind }: Parameter): Parameter => ({ name, shape, kind });

async function measure(
  name: string,
  a: ParameterSource,
  b: ParameterSource,
  { turns, signal }: Compared,
): Promise<Measures> {
  const sums = measuring();
  for await (const pair of pairedPieces(a, b, name, { signal })) {
    sums.add(pair.start, pair.a, pair.b);
    if (turns.due()) await turns.take();
  }
  return sums.result();
}
