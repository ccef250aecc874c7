import { pool2x2 } from "./max-pool2x2.js";
import type { Tensor64 } from "./tensor64.js";

/** The mean of each 2 x 2 square: [n, h, w, c] -> [n, h / 2, w / 2, c]. */
export function averagePool2x2(x: Tensor64): Tensor64 {
  return pool2x2(x, (a, b, c, d) => (a + b + c + d) / 4);
}
