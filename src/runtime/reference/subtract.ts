import { mapVectors } from "./channel-vector.js";
import type { Tensor64 } from "./tensor64.js";

/** a - b, vectors [c], [1, c] or [n, c]. */
export function subtract(a: Tensor64, b: Tensor64): Tensor64 {
  return mapVectors(a, b, (x, y) => x - y);
}
