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
  /**
   * Where the values that `pieces` gives lie, their checksums verified and all that is needed of them known; undefined where they have to be
   * computed. For writers that have a thread to read them on.
   */
  stored?(name: string, options?: ReadOptions): Promise<StoredFloats | undefined>;
  /** The same values as `read` gives them, from one position up to another, in pieces that are valid until the next is asked for. */
  range?(name: string, range: Range, options?: RangeOptions): AsyncIterable<FloatArray>;
}

/** Float32 values that lie in files: a matrix [rows, ...] of parts side by side. Whoever writes them can read them where they are. */
export interface StoredFloats {
  readonly rows: number;
  readonly parts: readonly StoredPart[];
}

/** Rows of one width. Where there are several terms they are added up, in float64, and rounded once. */
export interface StoredPart {
  readonly rowBytes: number;
  readonly terms: readonly StoredTerm[];
}

/** Rows that lie in a file, each value to be multiplied by a factor in float64. */
export interface StoredTerm {
  readonly file: string;
  /** Of the first row, in bytes. */
  readonly start: number;
  readonly factor: number;
  /** Where each row begins; they follow each other when not given. */
  readonly rowStarts?: readonly number[] | undefined;
}

export function storedByteLength({ rows, parts }: StoredFloats): number {
  return parts.reduce((sum, { rowBytes }) => sum + rows * rowBytes, 0);
}

export type Range = readonly [start: number, end: number];

export interface RangeOptions extends ReadOptions {
  /** Most values of a piece of a range, for who reads many at a time. */
  readonly most?: number | undefined;
}

export interface PiecesOptions extends RangeOptions {
  /** Only the values from the first of these positions up to the second. */
  readonly range?: Range | undefined;
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
  options: RangeOptions = {},
): AsyncGenerator<FloatArray> {
  if (source.range === undefined) yield (await source.read(name, options)).subarray(...range);
  else yield* source.range(name, range, options);
}
