import type { Tensor64 } from "../../runtime/reference/tensor64.js";
import { type Extents, extentsOf, type Field, placed } from "./field.js";

/** What rounding depends on. */
export interface Moments extends Extents {
  /** [rows, width]: means over the positions of an image. */
  readonly mean: Float64Array;
  readonly square: Float64Array;
  /** The squares as a field: one rounding of the value has this times rho^2 for variance. */
  readonly squares: Field;
  /** [rows]: which part of the numbers is not zero. Adding a zero product rounds nothing. */
  readonly density: Float64Array;
}

export function momentsOf({ shape, data }: Tensor64): Moments {
  const extents = extentsOf(shape);
  const { rows, width, positions } = extents;
  const [mean, square] = [new Float64Array(rows * width), new Float64Array(rows * width)];
  const places = new Float64Array(rows * positions);
  const density = new Float64Array(rows);
  for (let at = 0, index = 0; at < rows * positions; at++) {
    const row = Math.floor(at / positions);
    const first = row * width;
    let [sum, present] = [0, 0];
    for (let c = first; c < first + width; c++, index++) {
      const value = data[index] ?? 0;
      if (value === 0) continue;
      present++;
      sum += value * value;
      mean[c] = (mean[c] ?? 0) + value / positions;
      square[c] = (square[c] ?? 0) + (value * value) / positions;
    }
    places[at] = sum;
    density[row] = (density[row] ?? 0) + present / (width * positions);
  }
  return { ...extents, mean, square, density, squares: placed(extents, square, places) };
}
