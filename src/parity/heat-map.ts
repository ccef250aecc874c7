import type { Tensor } from "../core/tensor.js";

/**
 * matplotlib's colour map "magma" at nine even steps (https://bids.github.io/colormap/, CC0): brightness grows evenly, so it
 * reads the same in grey and with any colour vision.
 */
export const MAGMA = [
  [0, 0, 4],
  [28, 16, 68],
  [79, 18, 123],
  [129, 37, 129],
  [181, 54, 122],
  [229, 80, 100],
  [251, 135, 97],
  [254, 194, 135],
  [252, 253, 191],
] as const;

/** NaN and infinities, in a colour that the map does not have. */
export const NOT_A_NUMBER = [0, 220, 255] as const;

/**
 * What to multiply differences by so that the largest comes near 1: 1, 2 or 5 times a power of ten, at least 1. 0 when there is
 * nothing to amplify.
 */
export function amplificationFor(maxAbs: number): number {
  if (!(maxAbs > 0)) return 0;
  if (maxAbs >= 1) return 1;
  const power = 10 ** Math.floor(-Math.log10(maxAbs));
  const step = [5, 2].find((factor) => factor * power * maxAbs <= 1) ?? 1;
  return step * power;
}

/**
 * The difference of two pictures [n, R, R, 3] as n pictures of colours in [-1, 1], to be drawn as any other: for each pixel
 * the largest of its three absolute differences, amplified. Black is equal, the brightest is 1 / amplification or more.
 */
export function heatMaps(wanted: Tensor, found: Tensor, amplification: number): Tensor {
  const data = new Float32Array(wanted.data.length);
  for (let pixel = 0; pixel < data.length; pixel += 3) {
    let largest = 0;
    let finite = true;
    for (let i = pixel; i < pixel + 3; i++) {
      const difference = Math.abs((found.data[i] ?? Number.NaN) - (wanted.data[i] ?? Number.NaN));
      if (!Number.isFinite(difference)) finite = false;
      else if (difference > largest) largest = difference;
    }
    const colour = finite ? colourOf(largest * amplification) : NOT_A_NUMBER;
    // The drawing multiplies x + 1 by 128 and cuts off: half a step keeps each colour what it is.
    for (let c = 0; c < 3; c++) data[pixel + c] = ((colour[c] ?? 0) + 0.5) / 128 - 1;
  }
  return { shape: wanted.shape, data };
}

/** Linear between the steps of the map. */
function colourOf(value: number): readonly number[] {
  const place = Math.min(1, value) * (MAGMA.length - 1);
  const below = Math.min(Math.floor(place), MAGMA.length - 2);
  const [from, to] = [MAGMA[below] ?? MAGMA[0], MAGMA[below + 1] ?? MAGMA[8]];
  return from.map((start, channel) => Math.round(start + ((to[channel] ?? start) - start) * (place - below)));
}
