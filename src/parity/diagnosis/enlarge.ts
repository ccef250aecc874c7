import { imageOf, type Tensor64, zeros } from "../../runtime/reference/tensor64.js";

/** Where pixel i of the doubled image lies in the original of this extent. */
const PLACES = {
  "half-pixel": (i: number) => (i + 0.5) / 2 - 0.5,
  corners: (i: number, extent: number) => (i * (extent - 1)) / (2 * extent - 1),
  legacy: (i: number) => i / 2,
} as const;

/** Bilinear interpolation to twice the height and width; https://www.tensorflow.org/api_docs/python/tf/compat/v1/image/resize_bilinear. */
export const bilinear =
  (mode: keyof typeof PLACES) =>
  (x: Tensor64): Tensor64 => {
    const { n, h, w, c } = imageOf(x);
    const y = zeros([n, 2 * h, 2 * w, c]);
    const at = (image: number, i: number, j: number, k: number) => x.data[((image * h + i) * w + j) * c + k] ?? 0;
    let to = 0;
    for (let image = 0; image < n; image++) {
      for (let i = 0; i < 2 * h; i++) {
        const [top, bottom, down] = neighbours(PLACES[mode](i, h), h);
        for (let j = 0; j < 2 * w; j++) {
          const [left, right, across] = neighbours(PLACES[mode](j, w), w);
          for (let k = 0; k < c; k++) {
            const above = at(image, top, left, k) * (1 - across) + at(image, top, right, k) * across;
            const below = at(image, bottom, left, k) * (1 - across) + at(image, bottom, right, k) * across;
            y.data[to++] = above * (1 - down) + below * down;
          }
        }
      }
    }
    return y;
  };

/** The two pixels around a place, the border repeated, and the weight of the second. */
function neighbours(place: number, extent: number): readonly [number, number, number] {
  const floor = Math.floor(place);
  const clamp = (index: number) => Math.min(Math.max(index, 0), extent - 1);
  return [clamp(floor), clamp(floor + 1), place - floor];
}

/** Each pixel, with zeros to its right and below. */
export function zeroInserted(x: Tensor64): Tensor64 {
  const { n, h, w, c } = imageOf(x);
  const y = zeros([n, 2 * h, 2 * w, c]);
  for (let row = 0; row < n * h; row++) {
    for (let column = 0; column < w; column++) {
      const from = (row * w + column) * c;
      y.data.set(x.data.subarray(from, from + c), (2 * row * 2 * w + 2 * column) * c);
    }
  }
  return y;
}

/** Depth-to-space of a tensor in which each channel stands four times in a row, instead of all channels four times. */
export function repeatedChannels(x: Tensor64): Tensor64 {
  const { n, h, w, c } = imageOf(x);
  const y = zeros([n, 2 * h, 2 * w, c]);
  let to = 0;
  for (let row = 0; row < n * 2 * h; row++) {
    for (let column = 0; column < 2 * w; column++) {
      const from = (Math.floor(row / 2) * w + Math.floor(column / 2)) * c;
      const phase = (row % 2) * 2 + (column % 2);
      for (let k = 0; k < c; k++) y.data[to++] = x.data[from + Math.floor((phase * c + k) / 4)] ?? 0;
    }
  }
  return y;
}
