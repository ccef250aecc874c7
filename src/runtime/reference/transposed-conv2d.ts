import { addScaled } from "./matmul.js";
import { imageOf, type Steps, type Tensor64, zeros } from "./tensor64.js";

/**
 * x [n, h, w, in], filter [4, 4, in, out], bias [out] -> [n, 2h, 2w, out], stride 2:
 * y[n, 2i + a - 1, 2j + b - 1, o] += x[n, i, j, c] * filter[a, b, c, o]
 * (https://www.tensorflow.org/api_docs/python/tf/nn/conv2d_transpose with padding "same", whose filters are [4, 4, out, in]).
 */
export function* transposedConv2d(x: Tensor64, filter: Tensor64, bias?: Tensor64): Steps {
  const { n, h, w, c } = imageOf(x);
  const { n: side, c: out } = imageOf(filter);
  const y = zeros([n, 2 * h, 2 * w, out]);
  if (bias !== undefined) for (let at = 0; at < y.data.length; at += out) y.data.set(bias.data, at);
  for (let pixel = 0; pixel < n * h * w; pixel++) {
    const [image, i, j] = [Math.floor(pixel / (h * w)), Math.floor(pixel / w) % h, pixel % w];
    for (let a = 0; a < side; a++) {
      const row = 2 * i + a - 1;
      if (row < 0 || row >= 2 * h) continue;
      for (let b = 0; b < side; b++) {
        const column = 2 * j + b - 1;
        if (column < 0 || column >= 2 * w) continue;
        const at = ((image * 2 * h + row) * 2 * w + column) * out;
        const sums = y.data.subarray(at, at + out);
        for (let k = 0; k < c; k++) {
          addScaled(sums, x.data[pixel * c + k] ?? 0, filter.data, ((a * side + b) * c + k) * out);
        }
      }
    }
    yield;
  }
  return y;
}
