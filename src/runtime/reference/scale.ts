import { mapElements, type Tensor64 } from "./tensor64.js";

/** x * factor; factor has one element. */
export function scale(x: Tensor64, factor: Tensor64): Tensor64 {
  const by = factor.data[0] ?? 0;
  return mapElements(x, (element) => element * by);
}
