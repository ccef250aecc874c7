import { type FloatArray, toFloat32 } from "./tensor.js";
import type { ReadOptions } from "./tensor-source.js";

/** A graph's parameters by their names in the graph, each read (and transformed) when asked for. */
export interface ParameterSource {
  /** Row-major, of the shape the graph declares: float64 when computed (spectral norm folded), else as stored. */
  read(name: string, options?: ReadOptions): Promise<FloatArray>;
  /**
   * The same values rounded to float32, in order, a few MiB at a time, for whoever writes them on: no more than one piece is held.
   * A piece is valid until the next is asked for. A source without it is read whole: {@link float32Pieces}.
   */
  pieces?(name: string, options?: PiecesOptions): AsyncIterable<Float32Array<ArrayBuffer>>;
  /** The same values as `read` gives them, from one position up to another, in pieces that are valid until the next is asked for. */
  range?(name: string, range: Range, options?: ReadOptions): AsyncIterable<FloatArray>;
}

export type Range = readonly [start: number, end: number];

export interface PiecesOptions extends ReadOptions {
  /** Only the values from the first of these positions up to the second. */
  readonly range?: Range | undefined;
  /** Most values of a piece of a range, for who reads many at a time. */
  readonly most?: number | undefined;
}

/** A parameter's float32 values in order, in pieces where the source can give pieces. */
export async function* float32Pieces(
  source: ParameterSource,
  name: string,
  options: PiecesOptions = {},
): AsyncGenerator<Float32Array<ArrayBuffer>> {
  if (source.pieces === undefined) {
    const values = toFloat32(await source.read(name, options));
    yield options.range === undefined ? values : values.subarray(...options.range);
  } else yield* source.pieces(name, options);
}

/** A range of a parameter's values, unrounded, in pieces where the source can give pieces. */
export async function* rangeOf(
  source: ParameterSource,
  name: string,
  range: Range,
  options: ReadOptions = {},
): AsyncGenerator<FloatArray> {
  if (source.range === undefined) yield (await source.read(name, options)).subarray(...range);
  else yield* source.range(name, range, options);
}
