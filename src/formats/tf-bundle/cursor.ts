import { FormatError } from "../../core/errors.js";

/** A place in bytes that is moved by reading. `base` is where the bytes start in the file, for messages. */
export interface Cursor {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly base: number;
  offset: number;
  readonly end: number;
}

export const DAMAGED = { hint: "The file is truncated or damaged: fetch it again." } as const;

/** A {@link FormatError} at the cursor's place. */
export function faultAt(cursor: Cursor, field: string, expected: string, found: string): FormatError {
  return new FormatError({ file: cursor.file, offset: cursor.base + cursor.offset, field }, expected, found, DAMAGED);
}

/** Ten groups of seven bits hold 64. */
const MAX_VARINT_BYTES = 10;

/** A base-128 unsigned integer, least significant group first. One beyond 2^53 is refused, never rounded. */
export function readVarint(cursor: Cursor, field: string): number {
  const start = cursor.offset;
  let value = 0;
  for (let scale = 1; ; scale *= 128) {
    const byte = cursor.offset < cursor.end ? cursor.bytes[cursor.offset] : undefined;
    if (byte === undefined) throw faultAt(cursor, field, "a varint", "the end of the data");
    cursor.offset += 1;
    value += (byte & 0x7f) * scale;
    if (!Number.isSafeInteger(value) || cursor.offset - start > MAX_VARINT_BYTES) {
      cursor.offset = start;
      throw faultAt(cursor, field, "an integer below 2^53", "a larger one");
    }
    if (byte < 0x80) return value;
  }
}

/** A view of the next `length` bytes. */
export function readBytes(cursor: Cursor, length: number, field: string): Uint8Array {
  const left = cursor.end - cursor.offset;
  if (length > left) throw faultAt(cursor, field, `at most ${left} bytes`, `${length} bytes`);
  const bytes = cursor.bytes.subarray(cursor.offset, cursor.offset + length);
  cursor.offset += length;
  return bytes;
}

/** Little-endian. The caller has checked that four bytes are there. */
export function uint32At(bytes: Uint8Array, offset: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(offset, true);
}
