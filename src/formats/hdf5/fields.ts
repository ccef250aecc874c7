import { FormatError } from "../../core/errors.js";

/** A part of the file that has been read, and where it begins. */
export interface Block {
  readonly file: string;
  readonly bytes: Uint8Array;
  /** In bytes from the start of the file. */
  readonly start: number;
  /** What it is, for messages. */
  readonly field: string;
}

export const DAMAGED = { hint: "The file is truncated or damaged: fetch it again, or write it again with h5py." };

/** Refuses what stands at a byte of a block. */
export function wrong(block: Block, at: number, field: string, expected: string, found: string): FormatError {
  const place = { file: block.file, offset: block.start + at, field: `${block.field} ${field}` };
  return new FormatError(place, expected, found, DAMAGED);
}

/** Little-endian, of 1 to 8 bytes. Undefined for all ones, which is how the format writes "none"; also undefined beyond 2^53. */
export function unsigned(block: Block, at: number, size: number): number | undefined {
  const field = block.bytes.subarray(at, at + size);
  if (field.length < size) throw wrong(block, at, "fields", `${size} bytes`, `${field.length}`);
  if (field.every((byte) => byte === 0xff)) return undefined;
  const value = field.reduceRight((sum, byte) => sum * 256 + byte, 0);
  return Number.isSafeInteger(value) ? value : undefined;
}

/** As {@link unsigned}, of a field in which all ones are a number. */
export function count(block: Block, at: number, size: 1 | 2 | 4): number {
  return unsigned(block, at, size) ?? 256 ** size - 1;
}
