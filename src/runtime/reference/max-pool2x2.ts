import { imageOf, type Tensor64, zeros } from "./tensor64.js";

/** The largest of each 2 x 2 square: [n, h, w, c] -> [n, h / 2, w / 2, c]. */
export function maxPool2x2(x: Tensor64): Tensor64 {
  return pool2x2(x, Math.max);
}

/** One number for the four of each 2 x 2 square (row after row), stride 2, an odd last row or column dropped. */
export function pool2x2(x: Tensor64, fold: (a: number, b: number, c: number, d: number) => number): Tensor64 {
  const { n, h, w, c } = imageOf(x);
  const y = zeros([n, Math.floor(h / 2), Math.floor(w / 2), c]);
  let to = 0;
  for (let image = 0; image < n; image++) {
    for (let i = 0; i + 1 < h; i += 2) {
      for (let j = 0; j + 1 < w; j += 2) {
        for (let k = 0; k < c; k++) {
          const at = (dy: number, dx: number) => x.data[((image * h + i + dy) * w + j + dx) * c + k] ?? 0;
          y.data[to++] = fold(at(0, 0), at(0, 1), at(1, 0), at(1, 1));
        }
      }
    }
  }
  return y;
}
