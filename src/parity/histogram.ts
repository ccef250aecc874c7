import type { Tensor } from "../core/tensor.js";

/** How many elements differ by how much, in bins of equal width on a logarithmic scale. */
export interface DifferenceHistogram {
  /** Powers of ten between the bins, ascending. */
  readonly exponents: readonly number[];
  /** One more than exponents: the first is below all of them, the last above. */
  readonly counts: readonly number[];
  /** Differences of exactly 0, in no bin. */
  readonly equal: number;
  /** Differences that are no number, in no bin. */
  readonly nonFinite: number;
}

/** From far below a unit in the last place of float32 (6e-8 at 1) to as far apart as pictures in [-1, 1] can be. */
const [LOWEST, HIGHEST, STEPS_A_DECADE] = [-12, 0.25, 4] as const;

/** Of |candidate - reference|, element by element; both have the same shape. */
export function differenceHistogram(reference: Tensor, candidate: Tensor): DifferenceHistogram {
  const steps = (HIGHEST - LOWEST) * STEPS_A_DECADE;
  const exponents = Array.from({ length: steps + 1 }, (_, index) => LOWEST + index / STEPS_A_DECADE);
  const counts = new Array<number>(exponents.length + 1).fill(0);
  let [equal, nonFinite] = [0, 0];
  for (let i = 0; i < reference.data.length; i++) {
    const difference = Math.abs((candidate.data[i] ?? Number.NaN) - (reference.data[i] ?? Number.NaN));
    if (difference === 0) equal++;
    else if (!Number.isFinite(difference)) nonFinite++;
    else {
      const place = Math.floor((Math.log10(difference) - LOWEST) * STEPS_A_DECADE) + 1;
      const bin = Math.max(0, Math.min(counts.length - 1, place));
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
  }
  return { exponents, counts, equal, nonFinite };
}
