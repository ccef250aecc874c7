import type { Tridiagonal } from "./tridiagonal.js";

/** Halvings of an interval: each gains a bit, and float64 has 53 (and the first interval is a few times the largest eigenvalue). */
const HALVINGS = 60;

/**
 * The largest eigenvalues of a tridiagonal matrix without negative ones, in falling order, equal ones repeated. Exact to a few parts in 1e16
 * of the largest. (Bisection with Sturm sequences: Golub and Van Loan, section 8.4.1.)
 */
export function largestEigenvalues(matrix: Tridiagonal, count: number): number[] {
  const { diagonal, beside } = matrix;
  const bound = diagonal.reduce(
    (most, value, row) => Math.max(most, value + Math.abs(beside[row - 1] ?? 0) + Math.abs(beside[row] ?? 0)),
    0,
  );
  return Array.from({ length: Math.min(count, diagonal.length) }, (_, rank) => {
    let low = 0;
    let high = bound;
    for (let step = 0; step < HALVINGS; step++) {
      const middle = (low + high) / 2;
      if (countAbove(matrix, middle) > rank) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  });
}

/** How many eigenvalues are above x: positive pivots of the matrix less x. */
function countAbove({ diagonal, beside }: Tridiagonal, x: number): number {
  let count = 0;
  let pivot = 1;
  for (let row = 0; row < diagonal.length; row++) {
    const square = row === 0 ? 0 : (beside[row - 1] ?? 0) ** 2;
    pivot = (diagonal[row] ?? 0) - x - square / (pivot === 0 ? Number.MIN_VALUE : pivot);
    if (pivot > 0) count++;
  }
  return count;
}

/** So little above the largest eigenvalue that its vectors are enlarged most, and so much that all pivots are positive. */
const ABOVE = 1e-13;

/** Each enlarges the wanted part of a vector over a part whose eigenvalue is a millionth smaller ten million times. */
const ITERATIONS = 4;

/**
 * The part of a vector that lies among the eigenvectors of the largest eigenvalue, as a vector of length 1; of equal eigenvalues all
 * vectors count. (Inverse iteration: Golub and Van Loan, section 7.6.1.)
 */
export function largestEigenvector(matrix: Tridiagonal, largest: number, vector: Float64Array): Float64Array {
  let current = normalised(vector);
  for (let step = 0; step < ITERATIONS; step++) current = normalised(solve(matrix, largest * (1 + ABOVE), current));
  return current;
}

/** (shift - T) x = b for a shift above all eigenvalues. */
function solve({ diagonal, beside }: Tridiagonal, shift: number, b: Float64Array): Float64Array {
  const size = diagonal.length;
  const pivots = new Float64Array(size);
  const x = Float64Array.from(b);
  const least = shift * Number.EPSILON;
  for (let row = 0; row < size; row++) {
    const above = row === 0 ? 0 : (beside[row - 1] ?? 0) / (pivots[row - 1] ?? 1);
    pivots[row] = Math.max(least, shift - (diagonal[row] ?? 0) - above * (beside[row - 1] ?? 0));
    x[row] = (x[row] ?? 0) + above * (x[row - 1] ?? 0);
  }
  for (let row = size - 1; row >= 0; row--) {
    x[row] = ((x[row] ?? 0) + (beside[row] ?? 0) * (x[row + 1] ?? 0)) / (pivots[row] ?? 1);
  }
  return x;
}

export function lengthOf(x: Float64Array): number {
  return Math.sqrt(x.reduce((sum, value) => sum + value * value, 0));
}

function normalised(x: Float64Array): Float64Array {
  const length = lengthOf(x);
  return length > 0 ? x.map((value) => value / length) : x;
}
