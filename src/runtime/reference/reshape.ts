import { elementCount, formatShape, type Shape } from "../../core/tensor.js";
import type { Tensor64 } from "./tensor64.js";

/** The same numbers, row-major, in another shape. Shares the data. */
export function reshape(x: Tensor64, shape: Shape): Tensor64 {
  if (elementCount(shape) !== x.data.length) {
    throw new Error(`reshape: ${formatShape(x.shape)} does not fit ${formatShape(shape)}`);
  }
  return { shape, data: x.data };
}
