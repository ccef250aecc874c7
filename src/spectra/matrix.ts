import type { FloatArray } from "../core/tensor.js";

/** A row-major matrix. */
export interface Matrix {
  readonly values: FloatArray;
  readonly rows: number;
  readonly columns: number;
  /** The side along which a weight's output channels lie, the columns when left out: of two equal sides the one that counts as smaller. */
  readonly channels?: "rows" | "columns";
}

/** Whether its smaller side are the columns. */
export function isTall({ rows, columns, channels = "columns" }: Matrix): boolean {
  return columns === rows ? channels === "columns" : columns < rows;
}

/** M x for x along the columns, or transposed(M) x for x along the rows, whichever fits `along`. */
export function product({ values, rows, columns }: Matrix, x: Float64Array, along: "rows" | "columns"): Float64Array {
  const result = new Float64Array(along === "columns" ? rows : columns);
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    if (along === "columns") {
      let sum = 0;
      for (let column = 0; column < columns; column++) sum += (values[start + column] ?? 0) * (x[column] ?? 0);
      result[row] = sum;
    } else {
      const factor = x[row] ?? 0;
      for (let column = 0; column < columns; column++) {
        result[column] = (result[column] ?? 0) + factor * (values[start + column] ?? 0);
      }
    }
  }
  return result;
}
