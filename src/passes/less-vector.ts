import {
  type ParameterSource,
  type PiecesOptions,
  type Range,
  type StoredFloats,
  storedByteLength,
} from "../core/parameter-source.js";
import { type FloatArray, toFloat64 } from "../core/tensor.js";
import type { ReadOptions } from "../core/tensor-source.js";
import type { DerivedParameter } from "./derived-parameters.js";
import { wholeOf } from "./joined-columns.js";

/** A table [rows, n] less a vector [n] in each row, by the names of both. */
export interface TableLess {
  readonly table: string;
  readonly vector: string;
}

/** The recipe of such a parameter: float64 when it is asked for whole, and a piece at a time when it is written. */
export function lessVector(table: string, vector: string): DerivedParameter {
  return {
    inputs: [table, vector],
    compute: ([values = new Float64Array(), subtracted = new Float64Array()]) => {
      const difference = new Float64Array(values.length);
      subtract(difference, values, subtracted, 0);
      return difference;
    },
    less: { table, vector },
  };
}

/** Its values from one position up to another, rounded once; a piece is valid until the next is asked for. */
export async function* piecesLess(
  { table, vector }: TableLess,
  limits: Range,
  { read, range }: Required<Pick<ParameterSource, "read" | "range">>,
  options: PiecesOptions,
): AsyncGenerator<Float32Array<ArrayBuffer>> {
  const subtracted = toFloat64(await read(vector, options));
  let [position] = limits;
  let memory: Float32Array<ArrayBuffer> | undefined;
  for await (const values of range(table, limits, options)) {
    // The first piece is the longest.
    memory ??= new Float32Array(values.length);
    subtract(memory, values, subtracted, position);
    yield memory.subarray(0, values.length);
    position += values.length;
  }
}

/** Where the table and the vector lie, when both lie in files: the vector once for each row. */
export async function storedLess(
  { table, vector }: TableLess,
  stored: NonNullable<ParameterSource["stored"]>,
  options?: ReadOptions,
): Promise<StoredFloats | undefined> {
  const [own, subtracted] = [await stored(table, options), await stored(vector, options)];
  const [part, ...others] = own?.parts ?? [];
  const whole = wholeOf(subtracted);
  if (own === undefined || part === undefined || others.length > 0 || subtracted === undefined || whole === undefined)
    return undefined;
  const rowBytes = storedByteLength(subtracted);
  const rows = storedByteLength(own) / rowBytes;
  // Rows that do not follow each other are those of the table.
  if (own.rows !== 1 && own.rows !== rows) return undefined;
  const rowStarts = Array.from({ length: rows }, () => whole.start);
  return { rows, parts: [{ rowBytes, terms: [...part.terms, { ...whole, factor: -whole.factor, rowStarts }] }] };
}

/** target = values - vector, in float64, of values that stand at a position of the table. */
function subtract(target: FloatArray, values: FloatArray, vector: Float64Array, position: number): void {
  let column = position % vector.length;
  for (let at = 0; at < values.length; at++) {
    target[at] = (values[at] ?? 0) - (vector[column] ?? 0);
    column = column + 1 === vector.length ? 0 : column + 1;
  }
}
