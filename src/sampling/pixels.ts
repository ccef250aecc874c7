import type { FloatArray } from "../core/tensor.js";

/**
 * A generator's output in [-1, 1] as 8-bit numbers, of the same length and order: trunc(clip((x + 1) / 2 * 256, 0, 255)), the
 * public demo's own formula (256, not 255, and no rounding). float32 is added to in float32, as numpy does, so that a value
 * on the border falls to the same side. NaN becomes 0.
 */
export function toPixels(image: FloatArray): Uint8ClampedArray<ArrayBuffer> {
  const single = image instanceof Float32Array;
  const pixels = new Uint8ClampedArray(image.length);
  for (let i = 0; i < image.length; i++) {
    const shifted = (image[i] ?? 0) + 1;
    pixels[i] = Math.trunc((single ? Math.fround(shifted) : shifted) * 128);
  }
  return pixels;
}
