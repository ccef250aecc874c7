import { type FloatArray, toFloat64 } from "../core/tensor.js";

/**
 * W / sigma in float64, as the released graphs compute it at every call. W [..., out] is seen as a matrix M [rows, out]; one
 * power step from the stored u [out]:
 *
 *     a = M u,  v = a / sqrt(sum a^2 + epsilon),  b = v M,  sigma = sum b^2 / sqrt(sum b^2 + epsilon)
 *
 * Epsilon stands inside the square root, and sigma is not the largest singular value unless u has converged: both are what
 * the modules do, so a port does them too. (Op dump of biggan-256's G_linear; Miyato et al. 2018, algorithm 1.)
 */
export function foldSpectralNorm(w: FloatArray, u: FloatArray, epsilon: number): Float64Array<ArrayBuffer> {
  const sigma = spectralNorm(w, u, epsilon);
  const folded = Float64Array.from(w);
  for (let i = 0; i < folded.length; i++) folded[i] = (folded[i] ?? 0) / sigma;
  return folded;
}

/** The sigma of {@link foldSpectralNorm}. */
export function spectralNorm(w: FloatArray, u: FloatArray, epsilon: number): number {
  const out = u.length;
  const rows = w.length / out;
  const direction = toFloat64(u);
  const a = new Float64Array(rows);
  let squares = 0;
  for (let row = 0, at = 0; row < rows; row++) {
    let sum = 0;
    for (let column = 0; column < out; column++) sum += (w[at++] ?? 0) * (direction[column] ?? 0);
    a[row] = sum;
    squares += sum * sum;
  }
  const norm = Math.sqrt(squares + epsilon);
  const b = new Float64Array(out);
  for (let row = 0, at = 0; row < rows; row++) {
    const v = (a[row] ?? 0) / norm;
    for (let column = 0; column < out; column++) b[column] = (b[column] ?? 0) + v * (w[at++] ?? 0);
  }
  const length = b.reduce((sum, value) => sum + value * value, 0);
  return length / Math.sqrt(length + epsilon);
}
