import type { PieceOptions, TensorSliceOptions } from "../../core/tensor-source.js";
import type { PickleValue } from "./values.js";

/** The bytes of one storage in the file. Offsets are in bytes from its start. */
export interface StorageBytes {
  readonly byteLength: number;
  /** Where they are, for messages and for `inspect`: `archive/data/3`, `@ 4096`. */
  readonly place: (offset: number) => string;
  /** A part in order, in pieces; the checksum, where the file has one, is verified before the end is reached. */
  pieces(start: number, end: number, options?: PieceOptions): AsyncIterable<Uint8Array>;
  /** A part directly, without its checksum. Absent where only the whole can be read. */
  slice?(start: number, end: number, options?: TensorSliceOptions): Promise<Uint8Array<ArrayBuffer>>;
}

/** What one of the two serialisations gives: the pickled value, and the storages that its tensors are views of. */
export interface Serialised {
  readonly format: "pytorch-zip" | "pytorch-legacy";
  readonly root: PickleValue;
  readonly storages: ReadonlyMap<string, StorageBytes>;
  readonly hasChecksums: boolean;
}
