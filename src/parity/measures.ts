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
  /** Largest distance in float32 numbers: how many steps from one to the next lead from the reference, rounded, to the candidate. */
  readonly maxUlp: number;
  /** Pictures only: structural similarity. */
  readonly ssim?: number;
  /** NaN and infinities in the candidate. They are left out of the sums above, and make `maxAbs` infinite. */
  readonly nonFinite: number;
}

export function difference(reference: Tensor, candidate: Tensor): Difference {
  let [maxAbs, sumAbs, squares, dot, referenceSquares, candidateSquares, referenceMax, nonFinite, maxUlp] = [
    0, 0, 0, 0, 0, 0, 0, 0, 0,
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
    if (error > 0) maxUlp = Math.max(maxUlp, ulpDistance(wanted, found));
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
    maxUlp: nonFinite > 0 ? Number.POSITIVE_INFINITY : maxUlp,
    nonFinite,
  };
}

const single = new Float32Array(1);
const bits = new Int32Array(single.buffer);

/** How many float32 numbers lie from one number to another, both rounded to float32 first; 0 and -0 are one. */
export function ulpDistance(a: number, b: number): number {
  return Math.abs(position(a) - position(b));
}

/** Of a number among all float32 numbers in order: IEEE 754's bits count up with the magnitude. */
function position(value: number): number {
  single[0] = value;
  const pattern = bits[0] ?? 0;
  return pattern < 0 ? -(pattern & 0x7fffffff) : pattern;
}

/** Peak signal to noise ratio of pictures in [-1, 1] (peak 2), in decibels. */
export function psnr({ rms }: Difference): number {
  return rms === 0 ? Number.POSITIVE_INFINITY : 20 * Math.log10(2 / rms);
}
