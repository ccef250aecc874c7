import { mapElements, type Tensor64 } from "./tensor64.js";

/** x + value. */
export function addScalar(x: Tensor64, value: number): Tensor64 {
  return mapElements(x, (element) => element + value);
}
