import { FormatError } from "../../core/errors.js";

/**
 * The central directory of a zip archive (APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16:
 * https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT). The directory decides; of a local header only the name is
 * compared and the lengths are used, because numpy leaves its sizes to a zip64 field.
 */
export interface ZipEntry {
  readonly name: string;
  readonly method: "stored" | "deflated";
  readonly crc32: number;
  /** As claimed: hold it against what inflates. */
  readonly uncompressedSize: number;
  /** The compressed bytes, `start` to `end` in the archive. No two entries share any. */
  readonly start: number;
  readonly end: number;
}

const END_SIGNATURE = 0x06054b50;
const CENTRAL_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_BYTES = 22;
const CENTRAL_BYTES = 46;
const LOCAL_BYTES = 30;
/** The archive comment's length is a 16-bit number: the end record cannot lie further from the end. */
const MAX_COMMENT_BYTES = 0xffff;

/** A reference with every layer's tap has some twenty entries; a claimed count above this is no archive of arrays. */
const MAX_ENTRIES = 4096;

/** The entries in directory order, every claim checked against the archive's length. `file` is for messages. */
export function readZipDirectory(file: string, bytes: Uint8Array): readonly ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEndRecord(file, view);
  const count = view.getUint16(end + 10, true);
  const size = view.getUint32(end + 12, true);
  const directory = view.getUint32(end + 16, true);
  const fail = (offset: number, field: string, expected: string, found: string): never => {
    throw new FormatError({ file, offset, field }, expected, found, {
      hint: "The archive is damaged: write it again.",
    });
  };
  if (count === 0xffff || size === 0xffffffff || directory === 0xffffffff) {
    fail(end, "end record", "an archive below 4 GiB", "a zip64 archive");
  }
  if (view.getUint16(end + 4, true) !== 0 || view.getUint16(end + 8, true) !== count) {
    fail(end + 4, "disk", "an archive in one piece", "one of several disks");
  }
  if (directory + size !== end) {
    fail(end + 12, "central directory", `to end at byte ${end}`, `bytes ${directory} to ${directory + size}`);
  }
  if (count > MAX_ENTRIES || count * CENTRAL_BYTES > size) {
    fail(end + 10, "entry count", `at most ${Math.min(MAX_ENTRIES, Math.floor(size / CENTRAL_BYTES))}`, `${count}`);
  }
  const entries: ZipEntry[] = [];
  let at = directory;
  for (let i = 0; i < count; i++) {
    if (at + CENTRAL_BYTES > end || view.getUint32(at, true) !== CENTRAL_SIGNATURE) {
      fail(at, `entry ${i}`, "a central directory header", "something else");
    }
    const nameLength = view.getUint16(at + 28, true);
    const next = at + CENTRAL_BYTES + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > end) fail(at + 28, `entry ${i}`, `to end before byte ${end}`, `byte ${next}`);
    entries.push(readEntry(file, bytes, view, at, nameLength, directory));
    at = next;
  }
  if (at !== end) fail(at, "central directory", `${count} entries and no more`, `${end - at} bytes left over`);
  refuseOverlap(file, entries);
  return entries;
}

function findEndRecord(file: string, view: DataView): number {
  const lowest = Math.max(0, view.byteLength - END_BYTES - MAX_COMMENT_BYTES);
  for (let at = view.byteLength - END_BYTES; at >= lowest; at--) {
    if (view.getUint32(at, true) !== END_SIGNATURE) continue;
    if (at + END_BYTES + view.getUint16(at + 20, true) === view.byteLength) return at;
  }
  throw new FormatError({ file, field: "end record" }, "a zip archive", `none in ${view.byteLength} bytes`, {
    hint: "This is not a .npz file, or it is truncated.",
  });
}

function readEntry(
  file: string,
  bytes: Uint8Array,
  view: DataView,
  at: number,
  nameLength: number,
  directory: number,
): ZipEntry {
  const name = decodeName(file, bytes.subarray(at + CENTRAL_BYTES, at + CENTRAL_BYTES + nameLength), at);
  const fail = (offset: number, field: string, expected: string, found: string): never => {
    throw new FormatError({ file, offset, field: `${JSON.stringify(name)}: ${field}` }, expected, found);
  };
  if ((view.getUint16(at + 8, true) & 1) !== 0) fail(at + 8, "flags", "no encryption", "an encrypted entry");
  const code = view.getUint16(at + 10, true);
  const method = code === 0 ? "stored" : code === 8 ? "deflated" : fail(at + 10, "method", "0 or 8", `${code}`);
  const compressed = view.getUint32(at + 20, true);
  const uncompressedSize = view.getUint32(at + 24, true);
  const local = view.getUint32(at + 42, true);
  if (compressed === 0xffffffff || uncompressedSize === 0xffffffff)
    fail(at + 20, "size", "below 4 GiB", "a zip64 size");
  if (method === "stored" && compressed !== uncompressedSize) {
    fail(at + 24, "uncompressed size", `the ${compressed} bytes stored`, `${uncompressedSize}`);
  }
  if (local + LOCAL_BYTES > directory || view.getUint32(local, true) !== LOCAL_SIGNATURE) {
    fail(at + 42, "local header", `one before byte ${directory}`, `none at byte ${local}`);
  }
  const localNameLength = view.getUint16(local + 26, true);
  const start = local + LOCAL_BYTES + localNameLength + view.getUint16(local + 28, true);
  const end = start + compressed;
  if (end > directory) fail(at + 20, "compressed size", `to end before byte ${directory}`, `byte ${end}`);
  const sameName =
    localNameLength === nameLength &&
    bytes
      .subarray(local + LOCAL_BYTES, local + LOCAL_BYTES + nameLength)
      .every((byte, i) => byte === bytes[at + CENTRAL_BYTES + i]);
  if (!sameName) fail(local + LOCAL_BYTES, "local header", "the name in the directory", "another name");
  return { name, method, crc32: view.getUint32(at + 16, true), uncompressedSize, start, end };
}

function decodeName(file: string, bytes: Uint8Array, offset: number): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new FormatError({ file, offset, field: "entry name" }, "UTF-8", `${bytes.length} other bytes`, { cause });
  }
}

/** Entries that share bytes let a small file claim a large total ("a better zip bomb", D. Fifield, WOOT 2019). */
function refuseOverlap(file: string, entries: readonly ZipEntry[]): void {
  let previous: ZipEntry | undefined;
  for (const entry of entries.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    if (previous !== undefined && entry.start < previous.end) {
      const field = JSON.stringify(entry.name);
      throw new FormatError(
        { file, offset: entry.start, field },
        `bytes of its own, after byte ${previous.end}`,
        `bytes shared with ${JSON.stringify(previous.name)}`,
      );
    }
    previous = entry;
  }
}
