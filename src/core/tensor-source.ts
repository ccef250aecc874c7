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

/** A named set of tensors. Opening reads the index only; bytes are read when asked for. */
export interface TensorSource extends AsyncDisposable {
  /** The file or folder it was opened from, for messages. */
  readonly file: string;
  readonly format: string;
  /** Complete and sorted by name as soon as the source is open, so that a mapping can be checked with no weight I/O. */
  readonly tensors: ReadonlyMap<string, TensorInfo>;
  /** The whole tensor: little-endian, contiguous, owned by the caller. The stored checksum is verified. */
  read(name: string, options?: ReadOptions): Promise<Uint8Array>;
}
