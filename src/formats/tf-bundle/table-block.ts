import { FormatError } from "../../core/errors.js";
import { crc32c, formatCrc, unmask } from "./crc32c.js";
import { type Cursor, DAMAGED, faultAt, readBytes, readVarint, uint32At } from "./cursor.js";
import { inflateSnappy } from "./snappy.js";

/** Where a block lies in the file, without its trailer. */
export interface BlockHandle {
  readonly offset: number;
  readonly size: number;
}

export interface BlockEntry {
  /** Keys are bytes: a prefix may end in the middle of a character. */
  readonly key: Uint8Array;
  readonly value: Uint8Array;
  /** Of the value in the file (in the inflated block, if that is compressed), for messages. */
  readonly offset: number;
}

/** One byte of compression type, four of checksum. */
export const TRAILER_BYTES = 5;

/** TensorFlow starts a new block at 256 KiB; only one huge entry makes a larger one. */
const MAX_INFLATED_BLOCK = 16 * 1024 * 1024;

export function readHandle(cursor: Cursor, field: string): BlockHandle {
  return { offset: readVarint(cursor, `${field} offset`), size: readVarint(cursor, `${field} size`) };
}

/**
 * The block's content, its checksum verified, inflated if need be.
 * https://github.com/google/leveldb/blob/1.23/doc/table_format.md, https://github.com/google/leveldb/blob/1.23/table/format.cc#L69
 */
export function readBlock(file: string, bytes: Uint8Array, handle: BlockHandle, field: string): Cursor {
  const { offset, size } = handle;
  if (offset + size + TRAILER_BYTES > bytes.length) {
    const found = `bytes ${offset} to ${offset + size + TRAILER_BYTES}`;
    throw new FormatError({ file, field }, `a range inside the ${bytes.length} bytes of the file`, found, DAMAGED);
  }
  const stored = unmask(uint32At(bytes, offset + size + 1));
  const computed = crc32c(bytes.subarray(offset, offset + size + 1));
  if (stored !== computed) {
    const place = { file, offset, field: `${field} CRC-32C` };
    throw new FormatError(place, formatCrc(stored), formatCrc(computed), DAMAGED);
  }
  const content = { file, bytes, base: 0, offset, end: offset + size };
  const type = bytes[offset + size];
  if (type === 0) return content;
  if (type !== 1) throw faultAt(content, `${field} compression`, "none (0) or snappy (1)", `${type}`);
  const inflated = inflateSnappy(content, MAX_INFLATED_BLOCK);
  return { file, bytes: inflated, base: 0, offset: 0, end: inflated.length };
}

/** Where the entries end: the array of restart points stands between them and the end, its length last. */
function entriesEnd(block: Cursor, field: string): number {
  const size = block.end - block.offset;
  if (size < 4) throw faultAt(block, field, "at least 4 bytes", `${size} bytes`);
  const count = uint32At(block.bytes, block.end - 4);
  if (count > size / 4 - 1) throw faultAt(block, `${field} restart points`, `at most ${size / 4 - 1}`, `${count}`);
  return block.end - 4 - 4 * count;
}

/** The block's entries in order. Each restart point must be the start of an entry that shares no prefix, the first one 0. */
export function* readEntries(block: Cursor, field: string): Generator<BlockEntry> {
  const start = block.offset;
  const end = entriesEnd(block, field);
  const cursor: Cursor = { ...block, end };
  let restart = end;
  let key = new Uint8Array();
  while (cursor.offset < end) {
    const at = cursor.offset - start;
    const shared = readVarint(cursor, `${field} shared key length`);
    const unshared = readVarint(cursor, `${field} key length`);
    const length = readVarint(cursor, `${field} value length`);
    if (shared > key.length) throw faultAt(cursor, `${field} shared key length`, `at most ${key.length}`, `${shared}`);
    if (restart < block.end - 4 && uint32At(block.bytes, restart) === at) {
      if (shared !== 0) throw faultAt(cursor, `${field} shared key length at a restart point`, "0", `${shared}`);
      restart += 4;
    }
    key = joinKey(key.subarray(0, shared), readBytes(cursor, unshared, `${field} key`));
    const offset = cursor.base + cursor.offset;
    yield { key, value: readBytes(cursor, length, `${field} value`), offset };
  }
  checkRestarts(block, start, end, restart, field);
}

function joinKey(prefix: Uint8Array, rest: Uint8Array): Uint8Array<ArrayBuffer> {
  const key = new Uint8Array(prefix.length + rest.length);
  key.set(prefix);
  key.set(rest, prefix.length);
  return key;
}

/** All must have been met on the way; an empty block has one that points at its end. */
function checkRestarts(block: Cursor, start: number, end: number, restart: number, field: string): void {
  const empty = end === start;
  if (restart === block.end - 4 || (empty && uint32At(block.bytes, restart) === 0 && restart + 4 === block.end - 4))
    return;
  const found = `${uint32At(block.bytes, restart)}`;
  throw faultAt({ ...block, offset: restart }, `${field} restart point`, "the start of an entry", found);
}
