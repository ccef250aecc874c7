import type { Symmetric } from "./gram.js";

/** A symmetric matrix with nothing beside its three middle diagonals. */
export interface Tridiagonal {
  /** [size] */
  readonly diagonal: Float64Array;
  /** [size - 1] */
  readonly beside: Float64Array;
}

/**
 * Turns a symmetric matrix, which is overwritten, by Householder's reflections into a tridiagonal one of the same eigenvalues, and a vector
 * along with it (in place). Yields after each column. (Golub and Van Loan, Matrix Computations, algorithm 8.3.1.)
 */
export function* tridiagonal({ size, values }: Symmetric, vector: Float64Array): Generator<undefined, Tridiagonal> {
  const diagonal = new Float64Array(size);
  const beside = new Float64Array(Math.max(0, size - 1));
  for (let k = 0; k < size; k++) {
    diagonal[k] = values[k * size + k] ?? 0;
    if (k === size - 1) break;
    const { mirror, head } = reflection(values, size, k);
    beside[k] = head;
    if (mirror !== undefined) {
      reflectMatrix(values, size, k + 1, mirror);
      reflectVector(vector, k + 1, mirror);
    }
    yield;
  }
  return { diagonal, beside };
}

/** Squares of numbers below 1e-145 have too few bits to divide by; beside a weight's products such numbers are 0. */
const NEGLIGIBLE = 1e-290;

/** v of length 1 such that I - 2 v vᵀ leaves of column k below the diagonal nothing but its first entry, `head`; no v where there is nothing else. */
function reflection(values: Float64Array, size: number, k: number) {
  const column = Float64Array.from({ length: size - k - 1 }, (_, i) => values[(k + 1 + i) * size + k] ?? 0);
  const first = column[0] ?? 0;
  const below = column.reduce((sum, value, i) => (i === 0 ? 0 : sum + value * value), 0);
  if (below < NEGLIGIBLE) return { mirror: undefined, head: first };
  const length = Math.sqrt(first * first + below);
  const head = first > 0 ? -length : length;
  column[0] = first - head;
  const norm = Math.sqrt((first - head) ** 2 + below);
  return { mirror: column.map((value) => value / norm), head };
}

/** The rows and columns from `from` on: A - v wᵀ - w vᵀ, the lower triangle alone. */
function reflectMatrix(values: Float64Array, size: number, from: number, v: Float64Array): void {
  const w = new Float64Array(v.length);
  for (let i = 0; i < v.length; i++) {
    const row = (from + i) * size + from;
    const own = v[i] ?? 0;
    let sum = 0;
    for (let j = 0; j < i; j++) {
      const value = values[row + j] ?? 0;
      sum += value * (v[j] ?? 0);
      w[j] = (w[j] ?? 0) + value * own;
    }
    w[i] = (w[i] ?? 0) + sum + (values[row + i] ?? 0) * own;
  }
  let along = 0;
  for (let i = 0; i < v.length; i++) along += (v[i] ?? 0) * (w[i] ?? 0);
  for (let i = 0; i < v.length; i++) w[i] = 2 * ((w[i] ?? 0) - along * (v[i] ?? 0));
  for (let i = 0; i < v.length; i++) {
    const row = (from + i) * size + from;
    const x = v[i] ?? 0;
    const y = w[i] ?? 0;
    for (let j = 0; j <= i; j++) values[row + j] = (values[row + j] ?? 0) - x * (w[j] ?? 0) - y * (v[j] ?? 0);
  }
}

function reflectVector(vector: Float64Array, from: number, v: Float64Array): void {
  let along = 0;
  for (let i = 0; i < v.length; i++) along += (v[i] ?? 0) * (vector[from + i] ?? 0);
  for (let i = 0; i < v.length; i++) vector[from + i] = (vector[from + i] ?? 0) - 2 * along * (v[i] ?? 0);
}
