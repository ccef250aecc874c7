import { FormatError } from "../../core/errors.js";
import { BYTES_PER_ELEMENT, elementCount, formatShape } from "../../core/tensor.js";
import { type BundleRecord, readHeader, readRecord } from "./bundle-message.js";
import { DAMAGED } from "./cursor.js";
import { dtypeOf } from "./dtype.js";
import { readTable } from "./table.js";
import type { BlockEntry } from "./table-block.js";

/** What `variables.index` says, before the shards are looked at. */
export interface BundleIndex {
  readonly shards: number;
  /** By name, in the order of the names' bytes. */
  readonly records: ReadonlyMap<string, BundleRecord>;
  /** Those of slices, which have no name to ask for them by. */
  readonly slices: readonly BundleRecord[];
}

/** Real indexes take 100 bytes a tensor: this is the index of 600,000. */
export const MAX_INDEX_BYTES = 64 * 1024 * 1024;

/** BigGAN-deep-512 has 2,000; bounds the memory that a file of tiny entries can make of itself. */
const MAX_TENSORS = 500_000;

/** Parses the whole index and checks all that can be checked without the shards. Throws a {@link FormatError}. */
export function parseIndex(file: string, bytes: Uint8Array): BundleIndex {
  const records = new Map<string, BundleRecord>();
  const slices: BundleRecord[] = [];
  let shards: number | undefined;
  for (const entry of readTable(file, bytes)) {
    if (shards === undefined) {
      checkHeaderKey(file, entry);
      shards = readHeader(file, entry);
    } else if (entry.key[0] === 0) {
      slices.push(readRecord(file, entry, "of a slice", shards));
    } else {
      const name = nameOf(file, entry);
      records.set(name, checkSize(file, entry, name, readRecord(file, entry, name, shards)));
    }
    if (records.size + slices.length > MAX_TENSORS) {
      throw new FormatError({ file, field: "tensors" }, `at most ${MAX_TENSORS}`, "more", DAMAGED);
    }
  }
  if (shards === undefined)
    throw new FormatError({ file, field: "bundle header" }, "an entry", "an empty table", DAMAGED);
  return { shards, records, slices };
}

/** The header has the empty key, which sorts before all others. */
function checkHeaderKey(file: string, { key, offset }: BlockEntry): void {
  if (key.length === 0) return;
  throw new FormatError({ file, offset, field: "bundle header" }, "the empty key first", "another key", {
    hint: "This is a LevelDB table, but not the index of a TensorFlow checkpoint.",
  });
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function nameOf(file: string, { key, offset }: BlockEntry): string {
  try {
    return utf8.decode(key);
  } catch (cause) {
    const found = Array.from(key.subarray(0, 40), (byte) => byte.toString(16).padStart(2, "0")).join(" ");
    throw new FormatError({ file, offset, field: "tensor name" }, "UTF-8", found, { ...DAMAGED, cause });
  }
}

/** Types of other element sizes, and tensors stored in slices, are refused when they are asked for. */
function checkSize(file: string, { offset }: BlockEntry, name: string, record: BundleRecord): BundleRecord {
  const dtype = dtypeOf(record.dataType);
  if (dtype === undefined || record.slices > 0) return record;
  const size = elementCount(record.shape) * BYTES_PER_ELEMENT[dtype];
  if (size !== record.size) {
    const expected = `${size} bytes for ${dtype} ${formatShape(record.shape)}`;
    throw new FormatError({ file, offset, field: `entry ${name}: size` }, expected, `${record.size} bytes`, DAMAGED);
  }
  return record;
}
