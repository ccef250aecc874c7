import { FormatError } from "../../core/errors.js";
import { DAMAGED, uint32At } from "./cursor.js";
import { type BlockHandle, readHandle } from "./table-block.js";

/** Two handles padded to 40 bytes, then the magic number: https://github.com/google/leveldb/blob/1.23/table/format.h#L50 */
const FOOTER_BYTES = 48;

/** 0xdb4775248b80fb57 */
const MAGIC = { low: 0x8b80fb57, high: 0xdb477524 } as const;

export interface Footer {
  readonly metaindex: BlockHandle;
  readonly index: BlockHandle;
}

export function readFooter(file: string, bytes: Uint8Array): Footer {
  const start = bytes.length - FOOTER_BYTES;
  if (start < 0) {
    const place = { file, field: "table footer" };
    throw new FormatError(place, `at least ${FOOTER_BYTES} bytes`, `${bytes.length} bytes`, DAMAGED);
  }
  const low = uint32At(bytes, bytes.length - 8);
  const high = uint32At(bytes, bytes.length - 4);
  if (low !== MAGIC.low || high !== MAGIC.high) {
    const place = { file, offset: bytes.length - 8, field: "table magic" };
    const found = `0x${hex(high)}${hex(low)}`;
    throw new FormatError(place, `0x${hex(MAGIC.high)}${hex(MAGIC.low)}`, found, {
      hint: "This is not the index of a TensorFlow checkpoint, or it is truncated.",
    });
  }
  const cursor = { file, bytes, base: 0, offset: start, end: bytes.length - 8 };
  return { metaindex: readHandle(cursor, "metaindex block"), index: readHandle(cursor, "index block") };
}

function hex(word: number): string {
  return word.toString(16).padStart(8, "0");
}
