import { fitsKernels, floatKernels, type StepSums } from "../core/float-kernels.js";
import { type FloatArray, toFloat64 } from "../core/tensor.js";
import type { LengthGuard } from "./mapping.js";

/**
 * The sigma that a weight W [..., out] is divided by, as the released graphs compute it at every call. W is seen as a matrix M [rows, out]; one
 * power step from the stored u [out]:
 *
 *     a = M u,  v = a / sqrt(sum a^2 + epsilon),  b = v M,  sigma = sum b^2 / sqrt(sum b^2 + epsilon)
 *
 * Epsilon stands inside the square root, and sigma is not the largest singular value unless u has converged: both are what
 * the modules do, so a port does them too. (Op dump of biggan-256's G_linear; Miyato et al. 2018, algorithm 1.)
 * Other implementations guard the two lengths in other ways: {@link LengthGuard}.
 */
export interface PowerStep {
  /** The next rows of M, whole ones. Each is used twice while it is near: once for a, once for b before its division. */
  add(rows: FloatArray): void;
  /** After the last row. */
  sums(): StepSums;
}

/** NaN or 0 when a value is not finite, or all are zero. */
export function sigmaOfStep({ squares, imageSquares }: StepSums, epsilon: number, guard: LengthGuard): number {
  const length = imageSquares / guarded(squares, epsilon, guard);
  return length / Math.sqrt(guarded(length, epsilon, guard));
}

/** What a squared length is divided by, squared too: by its own square root when nothing is guarded. */
function guarded(squares: number, epsilon: number, guard: LengthGuard): number {
  switch (guard) {
    case "inside-root":
      return squares + epsilon;
    case "added":
      return (Math.sqrt(squares) + epsilon) ** 2;
    case "at-least":
      return Math.max(squares, epsilon ** 2);
  }
}

/** Begins a power step; all arithmetic is float64. */
export function powerStep(u: FloatArray): PowerStep {
  const direction = toFloat64(u);
  const out = direction.length;
  const b = new Float64Array(out);
  let squares = 0;

  return {
    add(rows) {
      if (rows instanceof Float32Array && fitsKernels(out)) {
        squares = floatKernels().addRows(rows, direction, b, squares);
        return;
      }
      for (let row = 0; row < rows.length; row += out) {
        const a = dot(rows, row, direction);
        squares += a * a;
        addScaled(b, a, rows, row);
      }
    },
    sums: () => ({ squares, imageSquares: sumOfSquares(b) }),
  };
}

const sumOfSquares = (x: Float64Array) => x.reduce((sum, value) => sum + value * value, 0);

/** The same sigma of a weight [out, ...], as PyTorch keeps it: the power step goes over its rows twice. */
export function spectralNormOfRows(w: FloatArray, u: FloatArray, epsilon: number, guard: LengthGuard): number {
  const width = w.length / u.length;
  const direction = toFloat64(u);
  const a = new Float64Array(width);
  direction.forEach((value, row) => {
    addScaled(a, value, w, row * width);
  });
  const squares = sumOfSquares(a);
  const b = direction.map((_, row) => dot(w, row * width, a));
  return sigmaOfStep({ squares, imageSquares: sumOfSquares(b) }, epsilon, guard);
}

/** u W v of a weight [out, ...] and both singular vectors [out] and [w.length / out]: no power step. */
export function storedSpectralNorm(w: FloatArray, u: FloatArray, v: FloatArray): number {
  const direction = toFloat64(v);
  return toFloat64(u).reduce((sum, value, row) => sum + value * dot(w, row * direction.length, direction), 0);
}

/** x[offset …] · y, in four sums side by side: one would wait for each addition. */
function dot(x: FloatArray, offset: number, y: Float64Array): number {
  const { length } = y;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = 0;
  for (; i + 4 <= length; i += 4) {
    const at = offset + i;
    s0 += (x[at] ?? 0) * (y[i] ?? 0);
    s1 += (x[at + 1] ?? 0) * (y[i + 1] ?? 0);
    s2 += (x[at + 2] ?? 0) * (y[i + 2] ?? 0);
    s3 += (x[at + 3] ?? 0) * (y[i + 3] ?? 0);
  }
  for (; i < length; i++) s0 += (x[offset + i] ?? 0) * (y[i] ?? 0);
  return s0 + s1 + (s2 + s3);
}

/** y += a x[offset …], four at a time: a loop of one spends as much on counting. */
function addScaled(y: Float64Array, a: number, x: FloatArray, offset: number): void {
  const { length } = y;
  let i = 0;
  for (; i + 4 <= length; i += 4) {
    const at = offset + i;
    y[i] = (y[i] ?? 0) + a * (x[at] ?? 0);
    y[i + 1] = (y[i + 1] ?? 0) + a * (x[at + 1] ?? 0);
    y[i + 2] = (y[i + 2] ?? 0) + a * (x[at + 2] ?? 0);
    y[i + 3] = (y[i + 3] ?? 0) + a * (x[at + 3] ?? 0);
  }
  for (; i < length; i++) y[i] = (y[i] ?? 0) + a * (x[offset + i] ?? 0);
}

/** The sigma of a whole weight. */
export function spectralNorm(
  w: FloatArray,
  u: FloatArray,
  epsilon: number,
  guard: LengthGuard = "inside-root",
): number {
  const step = powerStep(u);
  step.add(w);
  return sigmaOfStep(step.sums(), epsilon, guard);
}

/** W / sigma in float64. */
export function foldSpectralNorm(w: FloatArray, u: FloatArray, epsilon: number): Float64Array<ArrayBuffer> {
  return divided(new Float64Array(w.length), w, spectralNorm(w, u, epsilon));
}

/**
 * values / sigma, by the float64 reciprocal (a multiplication takes a quarter of the time of a division, and is as exact as sigma itself),
 * rounded once where the target is float32. The target may be the source.
 */
export function divided<T extends FloatArray>(target: T, values: FloatArray, sigma: number): T {
  const factor = 1 / sigma;
  for (let i = 0; i < target.length; i++) target[i] = (values[i] ?? 0) * factor;
  return target;
}
