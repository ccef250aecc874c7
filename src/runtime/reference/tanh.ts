import { mapElements, type Tensor64 } from "./tensor64.js";

export function tanh(x: Tensor64): Tensor64 {
  return mapElements(x, Math.tanh);
}
