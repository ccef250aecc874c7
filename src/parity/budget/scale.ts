import type { Moments } from "./moments.js";

/** A part of a value whose shared relative error has variances `scale` [rows]; `energies` [rows, width] are the part's mean squares. */
export interface Part {
  readonly scale: Float64Array | undefined;
  readonly energies: Float64Array;
}

/** [rows]: variance of the relative error of a value that is made of parts, each wrong by a factor of its own. */
export function scaleOfSum({ rows, width, square }: Moments, parts: readonly Part[]): Float64Array {
  const total = (values: Float64Array, row: number) =>
    values.subarray(row * width, (row + 1) * width).reduce((sum, each) => sum + each, 0);
  return Float64Array.from({ length: rows }, (_, row) => {
    const energy = total(square, row);
    const wrong = parts.reduce((sum, { scale, energies }) => sum + (scale?.[row] ?? 0) * total(energies, row), 0);
    return energy > 0 ? wrong / energy : 0;
  });
}
