import { isTall, type Matrix } from "./matrix.js";

/** A symmetric matrix [size, size]. Only the lower triangle, with the diagonal, has meaning. */
export interface Symmetric {
  readonly size: number;
  readonly values: Float64Array<ArrayBuffer>;
}

/** Vectors are multiplied in fours, so that each number read serves four sums. */
const FOUR = 4;

/** Entries of each vector that are multiplied at a time: eight such pieces stay in a processor's first cache. */
const DEPTH = 256;

/**
 * The products of a matrix' columns with each other (or of its rows, where these are fewer), in float64. Yields about every
 * million multiply-adds.
 */
export function* gram(matrix: Matrix): Generator<undefined, Symmetric> {
  const { rows, columns } = matrix;
  const [size, length] = isTall(matrix) ? [columns, rows] : [rows, columns];
  const padded = Math.ceil(size / FOUR) * FOUR;
  const sums = new Float64Array(padded * padded);
  const panel = new Float64Array(padded * DEPTH);
  for (let start = 0; start < length; start += DEPTH) {
    const depth = Math.min(DEPTH, length - start);
    fill(panel, matrix, start, depth);
    for (let i = 0; i < size; i += FOUR) {
      for (let j = 0; j <= i; j += FOUR) addTile(sums, padded, panel, i, j, depth);
      yield;
    }
  }
  if (padded === size) return { size, values: sums };
  const values = new Float64Array(size * size);
  for (let i = 0; i < size; i++) values.set(sums.subarray(i * padded, i * padded + size), i * size);
  return { size, values };
}

/** Multiply-adds of {@link gram}. */
export function gramCost({ rows, columns }: Pick<Matrix, "rows" | "columns">): number {
  return (rows * columns * Math.min(rows, columns)) / 2;
}

/** Entries `start` to `start + depth` of each vector, one vector after another. */
function fill(panel: Float64Array, matrix: Matrix, start: number, depth: number): void {
  const { values, rows, columns } = matrix;
  if (!isTall(matrix)) {
    for (let row = 0; row < rows; row++) {
      const from = row * columns + start;
      panel.set(values.subarray(from, from + depth), row * DEPTH);
    }
    return;
  }
  for (let k = 0; k < depth; k++) {
    const from = (start + k) * columns;
    for (let column = 0; column < columns; column++) panel[column * DEPTH + k] = values[from + column] ?? 0;
  }
}

/** Adds the products of vectors i … i + 3 with vectors j … j + 3. */
function addTile(sums: Float64Array, width: number, panel: Float64Array, i: number, j: number, depth: number): void {
  let s00 = 0;
  let s01 = 0;
  let s02 = 0;
  let s03 = 0;
  let s10 = 0;
  let s11 = 0;
  let s12 = 0;
  let s13 = 0;
  let s20 = 0;
  let s21 = 0;
  let s22 = 0;
  let s23 = 0;
  let s30 = 0;
  let s31 = 0;
  let s32 = 0;
  let s33 = 0;
  const x = i * DEPTH;
  const y = j * DEPTH;
  for (let k = 0; k < depth; k++) {
    const x0 = panel[x + k] ?? 0;
    const x1 = panel[x + DEPTH + k] ?? 0;
    const x2 = panel[x + 2 * DEPTH + k] ?? 0;
    const x3 = panel[x + 3 * DEPTH + k] ?? 0;
    const y0 = panel[y + k] ?? 0;
    const y1 = panel[y + DEPTH + k] ?? 0;
    const y2 = panel[y + 2 * DEPTH + k] ?? 0;
    const y3 = panel[y + 3 * DEPTH + k] ?? 0;
    s00 += x0 * y0;
    s01 += x0 * y1;
    s02 += x0 * y2;
    s03 += x0 * y3;
    s10 += x1 * y0;
    s11 += x1 * y1;
    s12 += x1 * y2;
    s13 += x1 * y3;
    s20 += x2 * y0;
    s21 += x2 * y1;
    s22 += x2 * y2;
    s23 += x2 * y3;
    s30 += x3 * y0;
    s31 += x3 * y1;
    s32 += x3 * y2;
    s33 += x3 * y3;
  }
  const tile = [s00, s01, s02, s03, s10, s11, s12, s13, s20, s21, s22, s23, s30, s31, s32, s33];
  for (let at = 0; at < tile.length; at++) {
    const to = (i + (at >> 2)) * width + j + (at & 3);
    sums[to] = (sums[to] ?? 0) + (tile[at] ?? 0);
  }
}
