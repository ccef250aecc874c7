import type { ParameterSource, PiecesOptions, Range } from "../core/parameter-source.js";
import { type FloatArray, toFloat64 } from "../core/tensor.js";
import type { DerivedParameter } from "./derived-parameters.js";

/** A parameter of so many values times another one that is a number, by the names of both. */
export interface TimesNumber {
  readonly values: string;
  readonly length: number;
  readonly number: string;
}

/** The recipe of such a parameter: float64 when it is asked for whole, and a piece at a time when it is written. */
export function timesNumber(product: TimesNumber): DerivedParameter {
  return {
    inputs: [product.values, product.number],
    compute: ([values = new Float64Array(), [by = 1] = []]) => {
      const result = new Float64Array(values.length);
      multiply(result, values, by);
      return result;
    },
    times: product,
  };
}

/** Its values from one position up to another, rounded once; a piece is valid until the next is asked for. */
export async function* piecesTimes(
  { values, length, number }: TimesNumber,
  limits: Range | undefined,
  { read, range }: Required<Pick<ParameterSource, "read" | "range">>,
  options: PiecesOptions,
): AsyncGenerator<Float32Array<ArrayBuffer>> {
  const [by = 1] = toFloat64(await read(number, options));
  let memory: Float32Array<ArrayBuffer> | undefined;
  for await (const piece of range(values, limits ?? [0, length], options)) {
    // The first piece is the longest.
    memory ??= new Float32Array(piece.length);
    multiply(memory, piece, by);
    yield memory.subarray(0, piece.length);
  }
}

/** target = values * by, in float64. */
function multiply(target: FloatArray, values: FloatArray, by: number): void {
  for (let at = 0; at < values.length; at++) target[at] = (values[at] ?? 0) * by;
}
