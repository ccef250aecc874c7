import { FormatError } from "../../core/errors.js";
import { type ArchiveTail, type DirectoryPlace, findDirectory } from "./end-record.js";
import { refuseBomb } from "./refuse-bomb.js";

/**
 * What the central directory of a zip archive says of an entry (APPNOTE 6.3.10, sections 4.3.12 and 4.5.3). The directory
 * decides; of the header before an entry's bytes only the name is compared and the lengths are used, because numpy and torch
 * leave its sizes to other fields.
 */
export interface ZipEntry {
  readonly name: string;
  readonly method: "stored" | "deflated";
  readonly crc32: number;
  readonly compressedSize: number;
  /** As claimed: hold it against what inflates. */
  readonly uncompressedSize: number;
  /** Where its local header begins. */
  readonly header: number;
  /** Where the next entry's header begins, or the directory: its bytes end before. No two entries share any. */
  readonly limit: number;
}

const CENTRAL_SIGNATURE = 0x02014b50;
const CENTRAL_BYTES = 46;
/** A local header without its name. */
export const LOCAL_BYTES = 30;

/** A checkpoint has an entry for each of its some hundred tensors; an archive of more than this is something else. */
const MAX_ENTRIES = 65_536;

/** Twice what that many entries take with names of 80 characters. */
export const MAX_DIRECTORY_BYTES = 16 * 1024 * 1024;

/** Encrypted, strongly encrypted, headers masked: bits 0, 6 and 13 of the flags. */
const ENCRYPTION = 0x2041;

/** The extra field that holds the sizes and the offset that do not fit in 32 bits. */
const ZIP64_FIELD = 1;
const FULL_32 = 0xffffffff;

const DAMAGED = { hint: "The archive is damaged: fetch or write it again." } as const;

/** The entries of an archive in memory, in directory order, every claim checked against the archive's length. */
export function readZipDirectory(file: string, bytes: Uint8Array): readonly ZipEntry[] {
  const place = findDirectory({ file, bytes, start: 0 });
  const directory = checkPlace(file, place);
  return parseDirectory({ file, bytes: bytes.subarray(directory.start, directory.end), start: directory.start }, place);
}

/** Refuses a directory that is larger than any checkpoint's, before it is read. */
export function checkPlace(file: string, place: DirectoryPlace): DirectoryPlace {
  const { start, end, count } = place;
  const most = Math.min(MAX_ENTRIES, Math.floor((end - start) / CENTRAL_BYTES));
  if (count > most) throw new FormatError({ file, field: "entry count" }, `at most ${most}`, `${count}`, DAMAGED);
  if (end - start > MAX_DIRECTORY_BYTES) {
    const found = `${end - start}`;
    throw new FormatError({ file, field: "central directory" }, `at most ${MAX_DIRECTORY_BYTES} bytes`, found);
  }
  return place;
}

/** The entries, from the directory's bytes. */
export function parseDirectory({ file, bytes, start }: ArchiveTail, { count, end }: DirectoryPlace): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fail = (at: number, field: string, expected: string, found: string): never => {
    throw new FormatError({ file, offset: start + at, field }, expected, found, DAMAGED);
  };
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + CENTRAL_BYTES > bytes.length || view.getUint32(at, true) !== CENTRAL_SIGNATURE) {
      fail(at, `entry ${i}`, "a central directory header", "something else");
    }
    const nameEnd = at + CENTRAL_BYTES + view.getUint16(at + 28, true);
    const extraEnd = nameEnd + view.getUint16(at + 30, true);
    const next = extraEnd + view.getUint16(at + 32, true);
    if (next > bytes.length) fail(at + 28, `entry ${i}`, `to end before byte ${end}`, `byte ${start + next}`);
    entries.push(readEntry({ file, bytes: bytes.subarray(at, extraEnd), start: start + at }, nameEnd - at));
    at = next;
  }
  if (at !== bytes.length)
    fail(at, "central directory", `${count} entries and no more`, `${bytes.length - at} bytes left over`);
  refuseBomb(file, end, entries);
  return separate(file, entries, start);
}

/** `bytes` are the entry's header in the directory, its name and its extra fields. */
function readEntry({ file, bytes, start }: ArchiveTail, nameEnd: number): ZipEntry {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const name = decodeName(file, bytes.subarray(CENTRAL_BYTES, nameEnd), start);
  const fail = (at: number, field: string, expected: string, found: string): never => {
    throw new FormatError(
      { file, offset: start + at, field: `${quoteName(name)}: ${field}` },
      expected,
      found,
      DAMAGED,
    );
  };
  if ((view.getUint16(8, true) & ENCRYPTION) !== 0) fail(8, "flags", "no encryption", "an encrypted entry");
  const code = view.getUint16(10, true);
  const method = code === 0 ? "stored" : code === 8 ? "deflated" : fail(10, "method", "0 or 8", `${code}`);
  const extra = zip64Field(bytes.subarray(nameEnd));
  let used = 0;
  const number = (at: number, field: string): number => {
    const short = view.getUint32(at, true);
    if (short !== FULL_32) return short;
    if (extra === undefined || used + 8 > extra.byteLength)
      return fail(at, field, "a zip64 field that holds it", "none");
    const value = extra.getBigUint64(used, true);
    used += 8;
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) return fail(at, field, "a number below 2^53", `${value}`);
    return Number(value);
  };
  // In the order of the zip64 field (4.5.3), which is not that of the header.
  const uncompressedSize = number(24, "uncompressed size");
  const compressedSize = number(20, "compressed size");
  const header = number(42, "local header");
  if (method === "stored" && compressedSize !== uncompressedSize) {
    fail(24, "uncompressed size", `the ${compressedSize} bytes stored`, `${uncompressedSize}`);
  }
  return { name, method, crc32: view.getUint32(16, true), compressedSize, uncompressedSize, header, limit: 0 };
}

function zip64Field(fields: Uint8Array): DataView | undefined {
  const view = new DataView(fields.buffer, fields.byteOffset, fields.byteLength);
  for (let at = 0; at + 4 <= fields.length; ) {
    const length = view.getUint16(at + 2, true);
    if (view.getUint16(at, true) === ZIP64_FIELD && at + 4 + length <= fields.length) {
      return new DataView(fields.buffer, fields.byteOffset + at + 4, length);
    }
    at += 4 + length;
  }
  return undefined;
}

function decodeName(file: string, bytes: Uint8Array, offset: number): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new FormatError({ file, offset, field: "entry name" }, "UTF-8", `${bytes.length} other bytes`, { cause });
  }
}

/**
 * Each entry with its limit. Refused are names given twice, where readers differ in what they take, and entries that share
 * bytes, which let a small file claim a large total ("a better zip bomb", D. Fifield, WOOT 2019).
 */
function separate(file: string, entries: readonly ZipEntry[], directory: number): ZipEntry[] {
  const sorted = entries.toSorted((a, b) => a.header - b.header);
  const limits = new Map<ZipEntry, number>();
  const names = new Set<string>();
  sorted.forEach((entry, i) => {
    const { name, header, compressedSize } = entry;
    const next = sorted[i + 1];
    const limit = next?.header ?? directory;
    const fail = (field: string, expected: string, found: string): never => {
      throw new FormatError({ file, offset: header, field: `${quoteName(name)}${field}` }, expected, found, DAMAGED);
    };
    const end = header + LOCAL_BYTES + nameBytes(name).length + compressedSize;
    if (end > directory) fail(": compressed size", `to end before byte ${directory}`, `byte ${end}`);
    if (next !== undefined && end > limit) {
      fail("", `to end before ${quoteName(next.name)}, at byte ${limit}`, `bytes shared with it, up to ${end}`);
    }
    if (names.has(name)) fail("", "one entry of this name", "two");
    names.add(name);
    limits.set(entry, limit);
  });
  return entries.map((entry) => ({ ...entry, limit: limits.get(entry) ?? 0 }));
}

/** A name as the archive holds it. */
export function nameBytes(name: string): Uint8Array {
  return new TextEncoder().encode(name);
}

/** Longest name that a message repeats. */
const MAX_QUOTED = 80;

/** An entry's name for a message, with nothing in it that could steer a terminal. */
export function quoteName(name: string): string {
  return JSON.stringify(name.length > MAX_QUOTED ? `${name.slice(0, MAX_QUOTED)}…` : name).replace(/\p{Cc}/gu, "?");
}
