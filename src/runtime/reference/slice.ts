import { rowsOf, type Tensor64, zeros } from "./tensor64.js";

/** `size` entries of the last axis, from `start`. */
export function slice(x: Tensor64, start: number, size: number): Tensor64 {
  const { rows, width } = rowsOf(x);
  const y = zeros([...x.shape.slice(0, -1), size]);
  for (let row = 0; row < rows; row++) {
    const from = row * width + start;
    y.data.set(x.data.subarray(from, from + size), row * size);
  }
  return y;
}
