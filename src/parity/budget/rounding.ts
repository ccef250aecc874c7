import type { Arithmetic } from "./arithmetic.js";

/**
 * Mean square of the relative error of one rounding: uniform between -u and u. (With leading digits distributed as real data have
 * them it is about half of that: Higham 2002, sections 2.7 and 2.8.)
 */
export function roundingVariance(unitRoundoff: number): number {
  return unitRoundoff ** 2 / 3;
}

/** The same for a function whose error is at most so many units in the last place, of 2 u each. */
export function functionVariance({ unitRoundoff }: Arithmetic, ulps: number): number {
  return (2 * ulps * unitRoundoff) ** 2 / 3;
}

/**
 * Variance of the rounding errors of a sum of `terms` products in a row: each of its partial sums s_k is rounded, so it is
 * rho^2 sum s_k^2 (Higham 2002, section 4.2, with the independent errors of mean zero of Higham & Mary 2019). On the way the sum is
 * a straight line, with this mean square, plus a walk whose steps are the products: sum s_k^2 is about
 * terms line^2 + terms / 2 (sum of the products' squares). A sum in blocks or by pairs has less.
 */
export function summationVariance(rho2: number, terms: number, lineSquare: number, productSquares: number): number {
  return rho2 * terms * (lineSquare + productSquares / 2);
}

/**
 * Mean square of a straight line from `start` to an end with this mean and mean square; or, where the start is added last, from 0
 * to what is left of the end: the larger of both.
 */
export function lineSquare(start: number, mean: number, square: number): number {
  const addedFirst = square + start * mean + start * start;
  const addedLast = square - 2 * start * mean + start * start;
  return Math.max(addedFirst, addedLast) / 3;
}

/**
 * Variance of the relative error of sigma = sum b^2 / sqrt(sum b^2 + epsilon), b = v W with W [rows, out]: `out` squares summed,
 * all positive, so that errors of the sum stay, in `lanes` sums side by side; and each b a sum of `rows` products, of whose errors the sum over b keeps the
 * mean. The factor 6 is 4 (b is squared) times 1/2 for a sum in a row times 3 for a mean fourth power of b.
 */
export function spectralNormVariance(rho2: number, rows: number, out: number, lanes: number): number {
  return rho2 * (out / (3 * lanes) + (6 * rows) / out + 4);
}
