import { rowsOf, type Steps, type Tensor64, zeros } from "./tensor64.js";

/** x [m, in], w [in, out], bias [out] -> x w + bias, [m, out]. */
export function* matmul(x: Tensor64, w: Tensor64, bias?: Tensor64): Steps {
  const { rows: m, width: depth } = rowsOf(x);
  const { width: out } = rowsOf(w);
  const y = zeros([m, out]);
  for (let row = 0; row < m; row++) {
    const sums = y.data.subarray(row * out, (row + 1) * out);
    if (bias !== undefined) sums.set(bias.data);
    for (let k = 0; k < depth; k++) {
      addScaled(sums, x.data[row * depth + k] ?? 0, w.data, k * out);
      yield;
    }
  }
  return y;
}

/** sums += factor * values, of which as many as there are sums, from `start`. */
export function addScaled(sums: Float64Array, factor: number, values: Float64Array, start: number): void {
  for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] ?? 0) + factor * (values[start + i] ?? 0);
}
