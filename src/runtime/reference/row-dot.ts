import { rowsOf, type Tensor64, zeros } from "./tensor64.js";

/** a and b [n, c] -> [n, 1]: the sum of the products of each row. */
export function rowDot(a: Tensor64, b: Tensor64): Tensor64 {
  const { rows, width } = rowsOf(a);
  const y = zeros([rows, 1]);
  for (let i = 0; i < a.data.length; i++) {
    const row = Math.floor(i / width);
    y.data[row] = (y.data[row] ?? 0) + (a.data[i] ?? 0) * (b.data[i] ?? 0);
  }
  return y;
}
