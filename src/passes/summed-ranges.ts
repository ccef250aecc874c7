import type { ParameterSource, Range, StoredFloats } from "../core/parameter-source.js";
import type { FloatArray } from "../core/tensor.js";
import type { ReadOptions } from "../core/tensor-source.js";
import type { DerivedParameter } from "./derived-parameters.js";
import { wholeOf } from "./joined-columns.js";

/** A range of a parameter's values, each times a factor. */
export interface Term {
  /** Where in the parameter the range begins. */
  readonly start: number;
  readonly factor: number;
}

/** A sum of equally long ranges of one parameter. */
export interface RangeSum {
  readonly parameter: string;
  readonly length: number;
  readonly terms: readonly Term[];
}

/** The recipe of a parameter that is such a sum: float64 when it is asked for whole, and a piece at a time when it is written. */
export function rangeSum(parameter: string, length: number, terms: readonly Term[]): DerivedParameter {
  return {
    inputs: [parameter],
    compute([values = new Float64Array()]) {
      const sum = new Float64Array(length);
      for (const { start, factor } of terms) addTo(sum, values.subarray(start, start + length), factor);
      return sum;
    },
    sum: { parameter, length, terms },
  };
}

/** Values of a parameter from one position up to another, unrounded and in order: ranges of one length are cut alike. */
type OpenRange = (name: string, range: Range, options: ReadOptions) => AsyncIterable<FloatArray>;

/** The sum, rounded once, a piece at a time: no range is held whole. */
export async function* summedRanges(
  { parameter, length, terms }: RangeSum,
  open: OpenRange,
  options: ReadOptions = {},
): AsyncGenerator<Float32Array<ArrayBuffer>> {
  const ranges = terms.map(({ start, factor }) => ({
    factor,
    pieces: open(parameter, [start, start + length], options)[Symbol.asyncIterator](),
  }));
  // The first piece is the longest.
  let memory: { readonly sum: Float64Array<ArrayBuffer>; readonly rounded: Float32Array<ArrayBuffer> } | undefined;
  for (let done = 0; done < length; ) {
    let count = 0;
    for (const [term, { pieces, factor }] of ranges.entries()) {
      const next = await pieces.next();
      if (next.done === true)
        throw new Error(`derived parameters: a range of ${parameter} is shorter than its shape says`);
      count = next.value.length;
      memory ??= { sum: new Float64Array(count), rounded: new Float32Array(count) };
      if (term === 0) memory.sum.fill(0);
      addTo(memory.sum, next.value, factor);
    }
    if (memory === undefined) return;
    memory.rounded.set(memory.sum);
    yield memory.rounded.subarray(0, count);
    done += count;
  }
}

/** Where the terms of the same sum lie, when their parameter lies in one piece. */
export async function storedSum(
  { parameter, length, terms }: RangeSum,
  stored: NonNullable<ParameterSource["stored"]>,
  options?: ReadOptions,
): Promise<StoredFloats | undefined> {
  // Only then is a value times both factors what it is times one after the other.
  if (!terms.every(({ factor }) => Number.isInteger(Math.log2(Math.abs(factor))))) return undefined;
  const whole = wholeOf(await stored(parameter, options));
  if (whole === undefined) return undefined;
  const size = Float32Array.BYTES_PER_ELEMENT;
  const found = terms.map(({ start, factor }) => ({
    ...whole,
    start: whole.start + start * size,
    factor: whole.factor * factor,
  }));
  return { rows: 1, parts: [{ rowBytes: length * size, terms: found }] };
}

/** sum += factor values */
function addTo(sum: Float64Array, values: FloatArray, factor: number): void {
  for (let at = 0; at < values.length; at++) sum[at] = (sum[at] ?? 0) + factor * (values[at] ?? 0);
}
