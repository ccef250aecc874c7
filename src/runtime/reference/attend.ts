import { addScaled } from "./matmul.js";
import { softmax } from "./softmax.js";
import { type Steps, sequenceOf, type Tensor64, zeros } from "./tensor64.js";

/**
 * queries [n, N, d], keys [n, M, d], values [n, M, e] -> softmax(queries keysT) values, [n, N, e]. One row of the attention
 * map at a time: whole, it would take 256 MiB an image in float32 at BigGAN-256.
 */
export function* attend(queries: Tensor64, keys: Tensor64, values: Tensor64): Steps {
  const { n, positions, width: d } = sequenceOf(queries);
  const { positions: memories } = sequenceOf(keys);
  const { width: e } = sequenceOf(values);
  const weights = new Float64Array(memories);
  const y = zeros([n, positions, e]);
  for (let row = 0; row < n * positions; row++) {
    const query = queries.data.subarray(row * d, (row + 1) * d);
    const first = Math.floor(row / positions) * memories;
    for (let m = 0; m < memories; m++) weights[m] = dot(query, keys.data, (first + m) * d);
    softmax(weights);
    const sums = y.data.subarray(row * e, (row + 1) * e);
    for (let m = 0; m < memories; m++) addScaled(sums, weights[m] ?? 0, values.data, (first + m) * e);
    yield;
  }
  return y;
}

/** The dot product of `a` with as many entries of `b` from `start`. */
function dot(a: Float64Array, b: Float64Array, start: number): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[start + i] ?? 0);
  return sum;
}
