import { FormatError, UsageError } from "../core/errors.js";
import { formatShape, sameShape, type Tensor } from "../core/tensor.js";
import { type Difference, difference } from "./measures.js";
import type { Tolerance } from "./tolerance.js";

export type Verdict = "explained by rounding" | "not explained";

/** One layer of one comparison. */
export interface LayerComparison {
  readonly layer: string;
  readonly shape: readonly number[];
  readonly difference: Difference;
  /** Largest absolute difference that is still explained. */
  readonly bound: number;
  readonly verdict: Verdict;
}

/** A candidate held against a reference on the same inputs, in network order. */
export interface Comparison {
  /** `TensorFlow (biggan-mini.reference.npz)`, `reference (float64)` */
  readonly reference: string;
  readonly candidate: string;
  /** Rows of z that were compared. */
  readonly cases: number;
  readonly layers: readonly LayerComparison[];
  readonly verdict: Verdict;
  /** The first layer that differs. */
  readonly firstOff?: string;
}

export interface CompareOptions {
  readonly reference: string;
  readonly candidate: string;
  readonly tolerance: Tolerance;
}

/** Compares every layer that the reference has, in the reference's order. Both hold `image` and any taps. */
export function compareLayers(
  wanted: ReadonlyMap<string, Tensor>,
  found: ReadonlyMap<string, Tensor>,
  { reference, candidate, tolerance }: CompareOptions,
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
    const measured = difference(tensor, other);
    const bound = layer === "image" ? tolerance.image : tolerance.layer * measured.referenceMax;
    return {
      layer,
      shape: tensor.shape,
      difference: measured,
      bound,
      verdict: measured.maxAbs <= bound ? "explained by rounding" : "not explained",
    };
  });
  const firstOff = layers.find(({ verdict }) => verdict === "not explained")?.layer;
  return {
    reference,
    candidate,
    cases: wanted.get("image")?.shape[0] ?? 0,
    layers,
    verdict: firstOff === undefined ? "explained by rounding" : "not explained",
    ...(firstOff === undefined ? {} : { firstOff }),
  };
}
