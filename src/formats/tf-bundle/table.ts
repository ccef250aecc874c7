import { FormatError } from "../../core/errors.js";
import { type Cursor, DAMAGED } from "./cursor.js";
import { type BlockEntry, type BlockHandle, readBlock, readEntries, readHandle, TRAILER_BYTES } from "./table-block.js";
import { readFooter } from "./table-footer.js";

/** Prefix compression can make a small file name much: 200,000 names of 300 bytes is more than any model has. */
const MAX_KEY_BYTES = 64 * 1024 * 1024;

/**
 * All entries of a LevelDB table, in order, keys strictly ascending. Every block is checked as it is met; blocks must not
 * overlap. https://github.com/google/leveldb/blob/1.23/doc/table_format.md
 */
export function* readTable(file: string, bytes: Uint8Array): Generator<BlockEntry> {
  const { metaindex, index } = readFooter(file, bytes);
  // Unused by TensorFlow, but part of the file: its checksum must be right, too.
  readBlock(file, bytes, metaindex, "metaindex block");
  let previous: BlockEntry | undefined;
  let blockEnd = 0;
  let keyBytes = 0;
  for (const { value, offset } of readEntries(readBlock(file, bytes, index, "index block"), "index block")) {
    const handle = dataBlock({ file, bytes: value, base: offset, offset: 0, end: value.length });
    if (handle.offset < blockEnd) {
      const place = { file, offset, field: "data block offset" };
      throw new FormatError(place, `at least ${blockEnd}, the end of the block before`, `${handle.offset}`, DAMAGED);
    }
    blockEnd = handle.offset + handle.size + TRAILER_BYTES;
    for (const entry of readEntries(readBlock(file, bytes, handle, "data block"), "data block")) {
      if (previous !== undefined && compareBytes(previous.key, entry.key) >= 0) {
        const place = { file, offset: entry.offset, field: "key" };
        throw new FormatError(place, "keys in ascending order", "one that is not above the key before it", DAMAGED);
      }
      keyBytes += entry.key.length;
      if (keyBytes > MAX_KEY_BYTES) {
        const place = { file, offset: entry.offset, field: "keys" };
        throw new FormatError(place, `at most ${MAX_KEY_BYTES} bytes of keys`, "more", DAMAGED);
      }
      previous = entry;
      yield entry;
    }
  }
}

function dataBlock(cursor: Cursor): BlockHandle {
  return readHandle(cursor, "data block");
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
