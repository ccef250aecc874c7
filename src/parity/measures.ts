import type { Tensor } from "../core/tensor.js";

/** How far a candidate is from a reference of the same shape, over all elements. */
export interface Difference {
  readonly maxAbs: number;
  readonly meanAbs: number;
  /** Root mean square of the difference. */
  readonly rms: number;
  /** Largest magnitude and root mean square of the reference, to see the difference in proportion. */
  readonly referenceMax: number;
  readonly referenceRms: number;
  /** 1 when the two point the same way; 1 too when both are zero. */
  readonly cosine: number;
  /** Signal (reference) to noise (difference) in decibels; Infinity when equal. */
  readonly snrDb: number;
  /** NaN and infinities in the candidate. They are left out of the sums above, and make `maxAbs` infinite. */
  readonly nonFinite: number;
}

export function difference(reference: Tensor, candidate: Tensor): Difference {
  let [maxAbs, sumAbs, squares, dot, referenceSquares, candidateSquares, referenceMax, nonFinite] = [
    0, 0, 0, 0, 0, 0, 0, 0,
  ];
  const count = reference.data.length;
  for (let i = 0; i < count; i++) {
    const wanted = reference.data[i] ?? 0;
    const found = candidate.data[i] ?? Number.NaN;
    if (!Number.isFinite(found)) {
      nonFinite++;
      continue;
    }
    const error = Math.abs(found - wanted);
    if (error > maxAbs) maxAbs = error;
    if (Math.abs(wanted) > referenceMax) referenceMax = Math.abs(wanted);
    sumAbs += error;
    squares += error * error;
    dot += wanted * found;
    referenceSquares += wanted * wanted;
    candidateSquares += found * found;
  }
  const norms = Math.sqrt(referenceSquares * candidateSquares);
  return {
    maxAbs: nonFinite > 0 ? Number.POSITIVE_INFINITY : maxAbs,
    meanAbs: count === 0 ? 0 : sumAbs / count,
    rms: count === 0 ? 0 : Math.sqrt(squares / count),
    referenceMax,
    referenceRms: count === 0 ? 0 : Math.sqrt(referenceSquares / count),
    cosine: norms === 0 ? (squares === 0 ? 1 : 0) : dot / norms,
    snrDb: squares === 0 ? Number.POSITIVE_INFINITY : 10 * Math.log10(referenceSquares / squares),
    nonFinite,
  };
}

/** Peak signal to noise ratio of pictures in [-1, 1] (peak 2), in decibels. */
export function psnr({ rms }: Difference): number {
  return rms === 0 ? Number.POSITIVE_INFINITY : 20 * Math.log10(2 / rms);
}
