import { formatShape, sameShape } from "../../core/tensor.js";
import type { Tensor64 } from "./tensor64.js";

/** a + b, of one shape. */
export function add(a: Tensor64, b: Tensor64): Tensor64 {
  if (!sameShape(a.shape, b.shape)) throw new Error(`add: ${formatShape(a.shape)} and ${formatShape(b.shape)}`);
  return { shape: a.shape, data: a.data.map((value, i) => value + (b.data[i] ?? 0)) };
}
