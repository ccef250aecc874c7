import type { Tensor } from "../../core/tensor.js";
import type { GeneratorInputs } from "../../runtime/runtime.js";
import type { Difference } from "../measures.js";
import type { TensorNumbers } from "./numbers.js";

/** Where a tensor of the layer stands: what it starts from, its parameters, and what either side makes of these. */
export type TensorRole = "input" | "parameter" | "ours" | "theirs";

export interface LayerTensor {
  readonly role: TensorRole;
  /** `z`, a layer, or a parameter of our graph. */
  readonly name: string;
  readonly tensor: Tensor;
  readonly numbers: TensorNumbers;
}

/** A hypothesis that was tried: the layer computed once more with it. */
export interface Finding {
  /** Stable: `epsilon-1e-5`. */
  readonly kind: string;
  /** What the other side then does, in words. */
  readonly change: string;
  /** Nodes or parameters of our graph. */
  readonly places: readonly string[];
  /** Largest absolute difference that is left when the other side is assumed to do this. Infinity when it makes NaN. */
  readonly residual: number;
  /** What is left is explained by rounding. */
  readonly explains: boolean;
}

/** Why two sides disagree in one layer, as far as it can be told. */
export interface Diagnosis {
  /** The first layer that disagrees although it starts from the same numbers. */
  readonly layer: string;
  /** Later layers that disagree in the same sense: faults of their own. */
  readonly alsoOff: readonly string[];
  readonly inputs: GeneratorInputs;
  /** Of the layer recomputed by us from the other side's inputs (the reference) and the other side's value. */
  readonly difference: Difference;
  /** Largest absolute difference that rounding explains. */
  readonly bound: number;
  readonly tensors: readonly LayerTensor[];
  /** All that were tried, best first. */
  readonly findings: readonly Finding[];
  /** Those that make the error vanish and that this case cannot tell apart; empty when no hypothesis fits. */
  readonly causes: readonly Finding[];
}

/** A change of all weights has as many places as there are weights. */
const PLACES_SHOWN = 3;

/** One finding in words: `block1.bn0.batchNorm: adds 1e-5 to the variance`. */
export function describeFinding({ places, change }: Pick<Finding, "places" | "change">): string {
  const [first, ...more] = places;
  const shown = places.length > PLACES_SHOWN ? `${first} and ${more.length} more` : places.join(", ");
  return `${shown}: ${change}`;
}

/** One or two sentences. */
export function summarise({ layer, causes, difference, bound, findings, alsoOff }: Diagnosis): string {
  const [cause, ...others] = causes;
  const also = alsoOff.length === 0 ? "" : ` Off on their own as well: ${alsoOff.join(", ")}.`;
  if (cause === undefined) {
    const most = `${difference.maxAbs.toExponential(2)} off, ${bound.toExponential(2)} allowed`;
    return `First off at ${layer} (${most}). No hypothesis fits: ${findings.length} were tried.${also}`;
  }
  const left = `then ${cause.residual.toExponential(2)} is left of ${difference.maxAbs.toExponential(2)}`;
  const or = others.length === 0 ? "" : ` This case cannot tell it from: ${others.map(describeFinding).join("; ")}.`;
  return `First off at ${layer}. The other side differs at ${describeFinding(cause)}; ${left}.${or}${also}`;
}
