/** The length of a vector from the sum of its squares, guarded against zero in one way or another. */
export type LengthOf = (squares: number) => number;

/**
 * The spectral norm by one power step from the stored u, w [rows, u.length]: v = w u / |w u|, sigma = v w (v w) / |v w|, with
 * any form of the length. Written apart from the mapping's own, which it is used to question.
 */
export function twoStepNorm(w: Float64Array, u: Float64Array, lengthOf: LengthOf): number {
  const a = timesColumn(w, u);
  const scale = lengthOf(sumOfSquares(a));
  const b = timesRow(a, w, u.length).map((value) => value / scale);
  const squares = sumOfSquares(b);
  return squares / lengthOf(squares);
}

/** Power steps until nothing moves any more, or this many: singular values that are hard to part differ little. */
const MAX_STEPS = 500;

/** The largest singular value of w [rows, u.length]. */
export function trueNorm(w: Float64Array, u: Float64Array): number {
  let direction = u.some((value) => value !== 0) ? u : new Float64Array(u.length).fill(1);
  let sigma = 0;
  for (let step = 0; step < MAX_STEPS; step++) {
    const b = timesRow(timesColumn(w, direction), w, u.length);
    const length = Math.sqrt(sumOfSquares(b));
    const next = Math.sqrt(length / Math.sqrt(sumOfSquares(direction)));
    direction = b.map((value) => value / (length || 1));
    if (Math.abs(next - sigma) <= 1e-15 * next) return next;
    sigma = next;
  }
  return sigma;
}

function timesColumn(w: Float64Array, x: Float64Array): Float64Array {
  const y = new Float64Array(w.length / x.length);
  for (let row = 0, at = 0; row < y.length; row++) {
    let sum = 0;
    for (let column = 0; column < x.length; column++) sum += (w[at++] ?? 0) * (x[column] ?? 0);
    y[row] = sum;
  }
  return y;
}

function timesRow(x: Float64Array, w: Float64Array, columns: number): Float64Array {
  const y = new Float64Array(columns);
  for (let row = 0, at = 0; row < x.length; row++) {
    for (let column = 0; column < columns; column++) y[column] = (y[column] ?? 0) + (x[row] ?? 0) * (w[at++] ?? 0);
  }
  return y;
}

function sumOfSquares(x: Float64Array): number {
  return x.reduce((sum, value) => sum + value * value, 0);
}
