import type { ParameterSource, StoredFloats } from "../core/parameter-source.js";
import type { ReadOptions } from "../core/tensor-source.js";
import type { DerivedParameter } from "./derived-parameters.js";
import { wholeOf } from "./joined-columns.js";

/** Some columns of a matrix [rows, width], by its name. */
export interface ColumnCut {
  readonly matrix: string;
  readonly rows: number;
  readonly width: number;
  readonly start: number;
  readonly size: number;
}

/** The recipe of a parameter that is such a cut. */
export function columnCut(cut: ColumnCut): DerivedParameter {
  const { matrix, rows, width, start, size } = cut;
  return {
    inputs: [matrix],
    compute([values = new Float64Array()]) {
      const result = new Float64Array(rows * size);
      for (let row = 0; row < rows; row++) {
        const first = row * width + start;
        result.set(values.subarray(first, first + size), row * size);
      }
      return result;
    },
    cut,
  };
}

/** Where its rows lie, when the matrix lies in one piece. */
export async function storedCut(
  { matrix, rows, width, start, size }: ColumnCut,
  stored: NonNullable<ParameterSource["stored"]>,
  options?: ReadOptions,
): Promise<StoredFloats | undefined> {
  const whole = wholeOf(await stored(matrix, options));
  if (whole === undefined) return undefined;
  const bytes = Float32Array.BYTES_PER_ELEMENT;
  const rowStarts = Array.from({ length: rows }, (_, row) => whole.start + (row * width + start) * bytes);
  return { rows, parts: [{ rowBytes: size * bytes, terms: [{ ...whole, rowStarts }] }] };
}
