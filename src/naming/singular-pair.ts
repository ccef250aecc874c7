import type { FloatArray } from "../core/tensor.js";
import { toFloat64 } from "../core/tensor.js";

/** Both singular vectors of a weight [out, …], of length 1. */
export interface SingularPair {
  /** [out] */
  readonly u: Float64Array<ArrayBuffer>;
  /** [weight.length / out] */
  readonly v: Float64Array<ArrayBuffer>;
}

/**
 * One power step from a stored vector u0 [out]: v = Wᵀ u0 / |Wᵀ u0|, u = W v / |W v|, with which u W v is what the weight is divided by.
 * So pytorch-pretrained-BigGAN's own converter makes its vectors of TF Hub's u0.
 */
export function singularPair(weight: FloatArray, u0: FloatArray): SingularPair {
  const width = weight.length / u0.length;
  const v = new Float64Array(width);
  toFloat64(u0).forEach((factor, row) => {
    for (let i = 0; i < width; i++) v[i] = (v[i] ?? 0) + factor * (weight[row * width + i] ?? 0);
  });
  normalise(v);
  const u = new Float64Array(u0.length);
  for (let row = 0; row < u.length; row++) {
    let sum = 0;
    for (let i = 0; i < width; i++) sum += (weight[row * width + i] ?? 0) * (v[i] ?? 0);
    u[row] = sum;
  }
  normalise(u);
  return { u, v };
}

function normalise(x: Float64Array): void {
  const length = Math.sqrt(x.reduce((sum, value) => sum + value * value, 0));
  if (length > 0) for (let i = 0; i < x.length; i++) x[i] = (x[i] ?? 0) / length;
}
