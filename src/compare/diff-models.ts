import { throwIfAborted } from "../core/errors.js";
import { elementCount } from "../core/tensor.js";
import type { ReadOptions } from "../core/tensor-source.js";
import { beforeNorm } from "../mapping/before-norm.js";
import type { Model } from "../mapping/model.js";
import { createTurns } from "../runtime/reference/turns.js";
import { type AlignedModels, alignModels } from "./align-models.js";
import { compareParameter, type Outcome, type ParameterComparison } from "./compare-parameter.js";
import { relativeToScale } from "./measures.js";

/** identical: every number of every parameter. same weights: all that differs is how they are stored or divided by their spectral norm. */
export type DiffVerdict = "identical" | "same weights" | "different";

export interface Diff extends Pick<AlignedModels, "passes" | "baked" | "truncations" | "configuration"> {
  readonly verdict: DiffVerdict;
  /** What the batch norms of each add to the variance, where that differs. */
  readonly epsilon?: readonly [a: number, b: number];
  /** The worst first, then in the order of the graph. */
  readonly parameters: readonly ParameterComparison[];
}

export interface DiffOptions extends ReadOptions {
  /** Values compared, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Compares two models of any format by our names of their parameters, which are read side by side in pieces. Shapes may differ, and
 * parameters be missing, where the configurations do.
 * @throws MappingError when they cannot be compared: see {@link alignModels}; InterruptedError when aborted.
 *
 * @example
 * const { verdict, parameters } = await diffModels(await openModel("a.tar.gz"), await openModel("b.pth"));
 */
export async function diffModels(a: Model, b: Model, { signal, onProgress }: DiffOptions = {}): Promise<Diff> {
  const { a: sideA, b: sideB, ...alignment } = alignModels(a, b);
  const all = new Map([...sideB.graph.parameters, ...sideA.graph.parameters]);
  const names = new Set([...sideA.graph.parameters.keys(), ...sideB.graph.parameters.keys()]);
  const sizeOf = (name: string) => elementCount(all.get(name)?.shape ?? []);
  const total = [...names].reduce((sum, name) => sum + sizeOf(name), 0);
  const compared = {
    a: sideA,
    b: sideB,
    undivided: alignment.passes.length > 0 ? undefined : ([beforeNorm(a), beforeNorm(b)] as const),
    turns: createTurns(signal),
    signal,
  };
  const parameters: ParameterComparison[] = [];
  let done = 0;
  for (const name of names) {
    throwIfAborted(signal);
    parameters.push(await compareParameter(name, compared));
    done += sizeOf(name);
    onProgress?.(done, total);
  }
  const epsilon = [epsilonOf(a), epsilonOf(b)] as const;
  const sameEpsilon = Math.fround(epsilon[0]) === Math.fround(epsilon[1]);
  return {
    verdict: verdictOf(parameters, sameEpsilon && alignment.configuration.length === 0),
    ...alignment,
    ...(sameEpsilon ? {} : { epsilon }),
    parameters: worstFirst(parameters),
  };
}

/** Of the batch norms; a discriminator has none. */
const epsilonOf = ({ config }: Model) => ("epsilon" in config ? config.epsilon : 0);

function verdictOf(parameters: readonly ParameterComparison[], sameConfiguration: boolean): DiffVerdict {
  const ranks = parameters.map(({ outcome }) => RANKS[outcome]);
  const worst = Math.max(0, ...ranks);
  if (!sameConfiguration || worst > RANKS.norm) return "different";
  return worst === RANKS.equal ? "identical" : "same weights";
}

const RANKS = {
  equal: 0,
  rounding: 1,
  float16: 1,
  int8: 1,
  norm: 1,
  different: 2,
  shape: 3,
  "only in A": 4,
  "only in B": 4,
} as const satisfies Record<Outcome, number>;

function worstFirst(parameters: readonly ParameterComparison[]): readonly ParameterComparison[] {
  const off = ({ measures }: ParameterComparison) => (measures === undefined ? 0 : relativeToScale(measures));
  return [...parameters].sort((a, b) => RANKS[b.outcome] - RANKS[a.outcome] || off(b) - off(a));
}
