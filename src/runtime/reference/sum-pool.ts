import { imageOf, type Tensor64, zeros } from "./tensor64.js";

/** The sum over all positions: [n, h, w, c] -> [n, c]. */
export function sumPool(x: Tensor64): Tensor64 {
  const { n, h, w, c } = imageOf(x);
  const y = zeros([n, c]);
  for (let at = 0; at < n * h * w; at++) {
    const first = Math.floor(at / (h * w)) * c;
    for (let k = 0; k < c; k++) y.data[first + k] = (y.data[first + k] ?? 0) + (x.data[at * c + k] ?? 0);
  }
  return y;
}
