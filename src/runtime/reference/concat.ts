import { rowsOf, type Tensor64, zeros } from "./tensor64.js";

/** Tensors that differ in the last axis only, joined along it. */
export function concat(tensors: readonly Tensor64[]): Tensor64 {
  const widths = tensors.map((tensor) => rowsOf(tensor).width);
  const width = widths.reduce((sum, each) => sum + each, 0);
  const y = zeros([...(tensors[0]?.shape.slice(0, -1) ?? []), width]);
  let start = 0;
  for (const tensor of tensors) {
    const { rows, width: own } = rowsOf(tensor);
    for (let row = 0; row < rows; row++) {
      y.data.set(tensor.data.subarray(row * own, (row + 1) * own), row * width + start);
    }
    start += own;
  }
  return y;
}
