import { conv2d } from "./conv2d.js";
import { imageOf, type Steps, type Tensor64, zeros } from "./tensor64.js";

/**
 * x [n, h, w, in], filter [2, 2, in, 4 * out], bias [out] -> [n, 2h, 2w, out]. A 2 x 2 convolution at the corners between the numbers
 * of x, zeros around it, gives at corner (i, j) the numbers y[2i - 1, 2j - 1], y[2i - 1, 2j], y[2i, 2j - 1], y[2i, 2j].
 */
export function* phaseConv2d(x: Tensor64, filter: Tensor64, bias?: Tensor64): Steps {
  const { n, h, w } = imageOf(x);
  // "Same" adds the zeros of a 2 x 2 filter below and on the right; with these above and on the left there is a result for each corner.
  const corners = yield* conv2d(withZerosFirst(x), filter);
  const out = imageOf(corners).c / 4;
  const y = zeros([n, 2 * h, 2 * w, out]);
  for (let at = 0; at < n * 4 * h * w; at++) {
    const [image, row, column] = [Math.floor(at / (4 * h * w)), Math.floor(at / (2 * w)) % (2 * h), at % (2 * w)];
    const corner = (image * (h + 1) + Math.floor((row + 1) / 2)) * (w + 1) + Math.floor((column + 1) / 2);
    const from = (corner * 4 + ((row + 1) % 2) * 2 + ((column + 1) % 2)) * out;
    for (let o = 0; o < out; o++) y.data[at * out + o] = (corners.data[from + o] ?? 0) + (bias?.data[o] ?? 0);
  }
  return y;
}

/** x with a row of zeros above and a column of zeros on the left. */
function withZerosFirst(x: Tensor64): Tensor64 {
  const { n, h, w, c } = imageOf(x);
  const padded = zeros([n, h + 1, w + 1, c]);
  for (let row = 0; row < n * h; row++) {
    const to = (Math.floor(row / h) * (h + 1) + (row % h) + 1) * (w + 1) + 1;
    padded.data.set(x.data.subarray(row * w * c, (row + 1) * w * c), to * c);
  }
  return padded;
}
