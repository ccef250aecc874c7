import {
  float32Pieces,
  type ParameterSource,
  type PiecesOptions,
  type Range,
  type RangeOptions,
  rangeOf,
  type StoredFloats,
} from "../core/parameter-source.js";
import { type FloatArray, toFloat32, toFloat64 } from "../core/tensor.js";
import type { ReadOptions } from "../core/tensor-source.js";
import { type ColumnCut, storedCut } from "./cut-columns.js";
import { type Columns, joinedColumns, storedColumns } from "./joined-columns.js";
import { piecesLess, storedLess, type TableLess } from "./less-vector.js";
import { type RangeSum, storedSum, summedRanges } from "./summed-ranges.js";
import { piecesTimes, type TimesNumber } from "./times-number.js";

/** How a parameter that only a rewritten graph has comes from others, in float64. */
export interface DerivedParameter {
  /** Names of parameters, derived ones among them. */
  readonly inputs: readonly string[];
  /** The numbers from those of the inputs, in that order. May return an input itself; writes to none. */
  compute(values: readonly Float64Array<ArrayBuffer>[]): Float64Array<ArrayBuffer>;
  /** Where its rows are parts of others side by side, and nothing is computed: it can then be written without being held. */
  readonly columns?: { readonly rows: number; readonly parts: readonly Columns[] };
  /** Where it is a sum of ranges of one other: it can then be computed while it is written. */
  readonly sum?: RangeSum;
  /** Where it is a table less a vector: a range of it can then be computed while it is written. */
  readonly less?: TableLess;
  /** Where it is another one times a number: as before. */
  readonly times?: TimesNumber;
  /** Where it is some columns of another one: its rows then lie where that lies. */
  readonly cut?: ColumnCut;
}

export type DerivedParameters = ReadonlyMap<string, DerivedParameter>;

/**
 * The parameters of a rewritten graph: derived ones are computed from those of the source when they are asked for, others are the
 * source's own. Memory is that of one parameter and its inputs.
 *
 * @example
 * const { graph, derived } = runPasses(model.graph, passes);
 * await using runtime = await openTfjs(graph, derivedParameters(model.parameters(), derived), { backend: "tfjs-wasm" });
 */
export function derivedParameters(source: ParameterSource, derived: DerivedParameters): ParameterSource {
  if (derived.size === 0) return source;

  async function compute(
    { inputs, compute: its }: DerivedParameter,
    options: ReadOptions | undefined,
  ): Promise<Float64Array<ArrayBuffer>> {
    const values: Float64Array<ArrayBuffer>[] = [];
    for (const input of inputs) {
      const parameter = derived.get(input);
      values.push(
        parameter === undefined ? toFloat64(await source.read(input, options)) : await compute(parameter, options),
      );
    }
    return its(values);
  }

  async function read(name: string, options?: ReadOptions): Promise<FloatArray> {
    const parameter = derived.get(name);
    return parameter === undefined ? await source.read(name, options) : await compute(parameter, options);
  }

  async function* range(name: string, limits: Range, options: RangeOptions = {}): AsyncGenerator<FloatArray> {
    const parameter = derived.get(name);
    if (parameter === undefined) yield* rangeOf(source, name, limits, options);
    else yield (await compute(parameter, options)).subarray(...limits);
  }

  async function* pieces(name: string, options: PiecesOptions = {}): AsyncGenerator<Float32Array<ArrayBuffer>> {
    const parameter = derived.get(name);
    const { range: limits, ...rest } = options;
    if (parameter === undefined) yield* float32Pieces(source, name, options);
    else if (parameter.columns !== undefined && limits === undefined) {
      yield* joinedColumns(parameter.columns.parts, parameter.columns.rows, pieces, rest);
    } else if (parameter.sum !== undefined && limits === undefined) {
      yield* summedRanges(parameter.sum, range, rest);
    } else if (parameter.less !== undefined && limits !== undefined) {
      yield* piecesLess(parameter.less, limits, { read, range }, rest);
    } else if (parameter.times !== undefined) {
      yield* piecesTimes(parameter.times, limits, { read, range }, rest);
    } else {
      const values = toFloat32(await compute(parameter, rest));
      yield limits === undefined ? values : values.subarray(...limits);
    }
  }

  async function stored(name: string, options?: ReadOptions): Promise<StoredFloats | undefined> {
    const parameter = derived.get(name);
    if (parameter === undefined) return await source.stored?.(name, options);
    if (parameter.columns !== undefined) return await storedColumns(parameter.columns, stored, options);
    if (parameter.cut !== undefined) return await storedCut(parameter.cut, stored, options);
    if (parameter.less !== undefined) return await storedLess(parameter.less, stored, options);
    return parameter.sum && (await storedSum(parameter.sum, stored, options));
  }

  return {
    read,
    pieces,
    stored,
    range,
  };
}
