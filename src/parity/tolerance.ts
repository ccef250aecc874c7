/** How far apart two right computations may be. */
export interface Tolerance {
  /** Absolute, on images in [-1, 1]. */
  readonly image: number;
  /** Relative to the layer's largest magnitude. */
  readonly layer: number;
}

/**
 * What float32 leaves. TensorFlow's own float32 is within 5e-5 (image) and 1e-5 (layers) of float64 on the trained fixtures;
 * tfjs sums in another order and approximates tanh, and stays within 2e-4.
 */
const FLOAT64_AGAINST_FLOAT32: Tolerance = { image: 5e-5, layer: 1e-5 };
const FLOAT32_AGAINST_ANY: Tolerance = { image: 2e-4, layer: 5e-5 };

export function toleranceOf(backend: string): Tolerance {
  return backend === "reference" ? FLOAT64_AGAINST_FLOAT32 : FLOAT32_AGAINST_ANY;
}
