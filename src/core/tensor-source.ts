import type { DType, Shape } from "./tensor.js";

/** What is known of a tensor before any of its bytes are read. */
export interface TensorInfo {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: Shape;
  readonly byteLength: number;
  /** Where it lives, for messages and for `inspect`: `variables.data-00000-of-00001 @ 4096`. */
  readonly origin: string;
}

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
}

export interface PieceOptions extends ReadOptions {
  /** Pieces are cut at multiples of this many bytes: a row of a matrix. A unit larger than a piece is given whole. */
  readonly unit?: number;
  /** Memory for the whole tensor: the pieces are then views of it, side by side, and stay valid. */
  readonly into?: Uint8Array<ArrayBuffer> | undefined;
  /** Memory for one piece at a time, to use instead of new where it is large enough. */
  readonly scratch?: Uint8Array<ArrayBuffer> | undefined;
}

export interface TensorSliceOptions extends ReadOptions {
  /** Memory to use instead of new: the result is a view of its beginning. */
  readonly into?: Uint8Array<ArrayBuffer> | undefined;
}

export interface FilePlace {
  readonly file: string;
  readonly offset: number;
  /** Where each row of a matrix begins, when something else is between them; `offset` is that of the first. */
  readonly rowOffsets?: readonly number[] | undefined;
  /** Of the tensor's bytes, unmasked; where the file has one. */
  readonly crc32c?: number | undefined;
  /** Its values have been looked at: all are finite numbers. */
  readonly areFinite?: boolean;
}

/** A named set of tensors. Opening reads the index only; bytes are read when asked for. */
export interface TensorSource extends AsyncDisposable {
  /** The file or folder it was opened from, for messages. */
  readonly file: string;
  readonly format: string;
  /** Whether reading verifies anything, where that is not the same for all files of the format. */
  readonly hasChecksums?: boolean | undefined;
  /** Complete and sorted by name as soon as the source is open, so that a mapping can be checked with no weight I/O. */
  readonly tensors: ReadonlyMap<string, TensorInfo>;
  /** The whole tensor: little-endian, contiguous, owned by the caller. The stored checksum is verified. */
  read(name: string, options?: ReadOptions): Promise<Uint8Array>;
  /**
   * The same bytes in order, about {@link PIECE_BYTES} at a time. A piece is valid, and may be overwritten, until the next is asked for; the checksum is verified with the
   * last, so nothing may be believed before the end. A source without it is read whole: {@link tensorPieces}.
   */
  pieces?(name: string, options?: PieceOptions): AsyncIterable<Uint8Array>;
  /** The file of the disk that a tensor's bytes lie in, and where. */
  place?(name: string): FilePlace | undefined;
  /** Bytes `start` to `end` of a tensor that has been read before: its checksum is of the whole, and not verified again. */
  slice?(name: string, start: number, end: number, options?: TensorSliceOptions): Promise<Uint8Array<ArrayBuffer>>;
}

/** Small enough to stay in a processor's cache while it is summed, normalised and copied. */
export const PIECE_BYTES = 256 * 1024;

/** A tensor's bytes in order, in pieces where the source can give pieces. */
export async function* tensorPieces(
  source: TensorSource,
  name: string,
  options: PieceOptions = {},
): AsyncGenerator<Uint8Array> {
  if (source.pieces === undefined) yield await source.read(name, options);
  else yield* source.pieces(name, options);
}
