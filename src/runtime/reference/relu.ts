import { mapElements, type Tensor64 } from "./tensor64.js";

/** max(x, 0); NaN stays NaN, so that a fault upstream is not hidden. */
export function relu(x: Tensor64): Tensor64 {
  return mapElements(x, (element) => Math.max(element, 0));
}
