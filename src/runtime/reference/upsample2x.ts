import { imageOf, type Tensor64, zeros } from "./tensor64.js";

/** Nearest neighbour: x [n, h, w, c] -> [n, 2h, 2w, c], y[n, i, j, c] = x[n, floor(i / 2), floor(j / 2), c]. */
export function upsample2x(x: Tensor64): Tensor64 {
  const { n, h, w, c } = imageOf(x);
  const y = zeros([n, 2 * h, 2 * w, c]);
  for (let row = 0; row < n * 2 * h; row++) {
    for (let column = 0; column < 2 * w; column++) {
      // Images stand one below the other and have an even height, so halving the row never crosses into another image.
      const from = (Math.floor(row / 2) * w + Math.floor(column / 2)) * c;
      y.data.set(x.data.subarray(from, from + c), (row * 2 * w + column) * c);
    }
  }
  return y;
}
