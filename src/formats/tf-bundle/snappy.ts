import { type Cursor, faultAt, readBytes, readVarint } from "./cursor.js";

/** A copy makes at most 64 bytes from 3, so no stream grows more than this many times. */
const MAX_GROWTH = 22;

/**
 * Inflates one raw snappy stream: https://github.com/google/snappy/blob/1.1.10/format_description.txt
 * The claimed length is checked against `limit` and against what the stream could possibly make before memory is taken.
 */
export function inflateSnappy(cursor: Cursor, limit: number): Uint8Array {
  const length = readVarint(cursor, "snappy length");
  const most = Math.min(limit, (cursor.end - cursor.offset) * MAX_GROWTH);
  if (length > most) throw faultAt(cursor, "snappy length", `at most ${most} bytes`, `${length} bytes`);
  const output = new Uint8Array(length);
  let made = 0;
  while (cursor.offset < cursor.end) {
    const tag = readLittleEndian(cursor, 1);
    const kind = tag & 3;
    const size = kind === 0 ? literalLength(cursor, tag >>> 2) : kind === 1 ? ((tag >>> 2) & 7) + 4 : (tag >>> 2) + 1;
    if (size > length - made) throw faultAt(cursor, "snappy", `at most ${length - made} more bytes`, `${size} bytes`);
    if (kind === 0) {
      output.set(readBytes(cursor, size, "snappy literal"), made);
    } else {
      const back =
        kind === 1 ? ((tag >>> 5) << 8) + readLittleEndian(cursor, 1) : readLittleEndian(cursor, kind === 2 ? 2 : 4);
      if (back === 0 || back > made) throw faultAt(cursor, "snappy copy", `1 to ${made} bytes back`, `${back}`);
      // Byte by byte: a copy may overlap what it makes.
      for (let i = made; i < made + size; i++) output[i] = output[i - back] ?? 0;
    }
    made += size;
  }
  if (made !== length) throw faultAt(cursor, "snappy", `${length} bytes`, `${made} bytes`);
  return output;
}

/** Up to 60 bytes the length is in the tag; longer ones follow it in one to four bytes. */
function literalLength(cursor: Cursor, inTag: number): number {
  return (inTag < 60 ? inTag : readLittleEndian(cursor, inTag - 59)) + 1;
}

function readLittleEndian(cursor: Cursor, size: number): number {
  return readBytes(cursor, size, "snappy").reduceRight((value, byte) => value * 256 + byte, 0);
}
