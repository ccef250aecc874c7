import { FormatError, UsageError } from "../core/errors.js";
import { formatShape, sameShape, type Tensor } from "../core/tensor.js";
import type { LayerBudget } from "./budget/bound.js";
import { type Difference, difference } from "./measures.js";
import { ssim } from "./ssim.js";

export type Verdict = "explained by rounding" | "not explained";

/** One layer of one comparison. */
export interface LayerComparison {
  readonly layer: string;
  readonly shape: readonly number[];
  readonly difference: Difference;
  /** Largest absolute difference that rounding explains. */
  readonly bound: number;
  /** Part of the bound that is used: above 1 is not explained. */
  readonly factor: number;
  readonly verdict: Verdict;
}

/** A candidate held against a reference on the same inputs, in network order. */
export interface Comparison {
  /** `TensorFlow (biggan-mini.reference.npz)`, `reference (float64)` */
  readonly reference: string;
  readonly candidate: string;
  /** Rows of the inputs that were compared. */
  readonly cases: number;
  readonly layers: readonly LayerComparison[];
  readonly verdict: Verdict;
  /** The first layer that differs. */
  readonly firstOff?: string;
}

export interface CompareOptions {
  readonly reference: string;
  readonly candidate: string;
  /** For each layer, what two right computations, the reference's and the candidate's, may differ by. */
  readonly budgets: ReadonlyMap<string, Pick<LayerBudget, "bound">>;
}

/** Compares every layer that the reference has, in the reference's order. Both hold the output and any taps. */
export function compareLayers(
  wanted: ReadonlyMap<string, Tensor>,
  found: ReadonlyMap<string, Tensor>,
  { reference, candidate, budgets }: CompareOptions,
): Comparison {
  const layers = [...wanted].map(([layer, tensor]): LayerComparison => {
    const other = found.get(layer);
    if (other === undefined) throw new UsageError(`${reference}: ${layer}: ${candidate} has no such layer`);
    if (!sameShape(tensor.shape, other.shape)) {
      throw new FormatError(
        { file: reference, field: layer },
        `shape ${formatShape(other.shape)}`,
        `shape ${formatShape(tensor.shape)}`,
        { hint: "This reference was made with another model." },
      );
    }
    const bound = budgets.get(layer)?.bound;
    if (bound === undefined) throw new Error(`${reference}: ${layer}: no error budget`);
    const measured = difference(tensor, other);
    const factor = measured.maxAbs === 0 ? 0 : measured.maxAbs / bound;
    return {
      layer,
      shape: tensor.shape,
      difference: layer === "image" ? { ...measured, ssim: ssim(tensor, other) } : measured,
      bound,
      factor,
      verdict: factor <= 1 ? "explained by rounding" : "not explained",
    };
  });
  const firstOff = layers.find(({ verdict }) => verdict === "not explained")?.layer;
  return {
    reference,
    candidate,
    cases: [...wanted.values()].at(-1)?.shape[0] ?? 0,
    layers,
    verdict: firstOff === undefined ? "explained by rounding" : "not explained",
    ...(firstOff === undefined ? {} : { firstOff }),
  };
}
