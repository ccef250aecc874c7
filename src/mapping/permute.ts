import type { FloatArray, Shape } from "../core/tensor.js";

/** Rows and columns that are turned at a time: 32 x 32 numbers of 8 bytes fit a processor's first cache on both sides. */
const TILE = 32;

/** The numbers of a row-major tensor with its axes in another order: axis i of the result is axis `axes[i]` of the tensor. */
export function permuted<T extends FloatArray>(values: T, shape: Shape, axes: readonly number[], target: T): T {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, extent) => product * extent, 1));
  const extents = axes.map((axis) => shape[axis] ?? 1);
  const steps = axes.map((axis) => strides[axis] ?? 0);
  const columns = extents.at(-1) ?? 1;
  const columnStep = steps.at(-1) ?? 0;
  // The axis whose neighbours lie side by side in the tensor is the other side of each tile.
  const rowAxis = Math.max(steps.slice(0, -1).indexOf(1), 0);
  const rows = extents.length > 1 ? (extents[rowAxis] ?? 1) : 1;
  const rowStep = steps[rowAxis] ?? 0;
  const targetStep = extents.slice(rowAxis + 1).reduce((product, extent) => product * extent, 1);

  for (const [from, to] of corners(extents, steps, rowAxis)) {
    for (let row = 0; row < rows; row += TILE) {
      const lastRow = Math.min(row + TILE, rows);
      for (let column = 0; column < columns; column += TILE) {
        const lastColumn = Math.min(column + TILE, columns);
        for (let r = row; r < lastRow; r++) {
          let source = from + r * rowStep + column * columnStep;
          let at = to + r * targetStep + column;
          for (const end = to + r * targetStep + lastColumn; at < end; at++, source += columnStep) {
            target[at] = values[source] ?? 0;
          }
        }
      }
    }
  }
  return target;
}

/** Where each plane begins, in the tensor and in the result: every index of the axes that are neither the rows nor the last. */
function corners(
  extents: readonly number[],
  steps: readonly number[],
  rowAxis: number,
): readonly (readonly [from: number, to: number])[] {
  let places: (readonly [number, number])[] = [[0, 0]];
  for (let axis = 0; axis < extents.length - 1; axis++) {
    if (axis === rowAxis) continue;
    const targetStep = extents.slice(axis + 1).reduce((product, extent) => product * extent, 1);
    places = places.flatMap(([from, to]) =>
      Array.from({ length: extents[axis] ?? 1 }, (_, index) => [
        from + index * (steps[axis] ?? 0),
        to + index * targetStep,
      ]),
    );
  }
  return places;
}
