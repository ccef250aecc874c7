import { mapElements, type Tensor64 } from "./tensor64.js";

/** 1 / sqrt(x + epsilon). */
export function inverseDeviation(x: Tensor64, epsilon: number): Tensor64 {
  return mapElements(x, (variance) => 1 / Math.sqrt(variance + epsilon));
}
