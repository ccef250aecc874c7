import { truncationRows } from "../truncation-rows.js";
import type { Tensor64 } from "./tensor64.js";

/** truncation [] -> [1, grid.length]: how much each row of a table of statistics counts. */
export function truncationWeights(truncation: Tensor64, grid: readonly number[]): Tensor64 {
  return { shape: [1, grid.length], data: truncationRows(truncation.data[0] ?? Number.NaN, grid) };
}
