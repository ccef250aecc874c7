import { conv2d } from "./conv2d.js";
import { imageOf, type Steps, type Tensor64, zeros } from "./tensor64.js";
import { upsample2x } from "./upsample2x.js";

/** x [n, h, w, in], filters [1, 1, in, 3 * out], each a row of three taps, bias [out] -> the 3 x 3 convolution of x upsampled. */
export function tapConv2d(x: Tensor64, filters: readonly Tensor64[], bias?: Tensor64): Steps {
  return conv2d(upsample2x(x), filterOfTaps(filters), bias);
}

/** Rows of taps [1, 1, in, 3 * out] as a filter [3, 3, in, out]. */
export function filterOfTaps(rows: readonly Tensor64[]): Tensor64 {
  const [first] = rows;
  if (first === undefined || rows.length !== 3) throw new Error(`tapConv2d: expected 3 filters, found ${rows.length}`);
  const { w: depth, c: width } = imageOf(first);
  const out = width / 3;
  const filter = zeros([3, 3, depth, out]);
  for (const [row, { data }] of rows.entries()) {
    for (let k = 0; k < depth; k++) {
      for (let column = 0; column < 3; column++) {
        const from = k * width + column * out;
        filter.data.set(data.subarray(from, from + out), ((row * 3 + column) * depth + k) * out);
      }
    }
  }
  return filter;
}
