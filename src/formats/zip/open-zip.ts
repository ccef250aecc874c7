import { crc32 } from "node:zlib";
import { FormatError, throwIfAborted } from "../../core/errors.js";
import { PIECE_BYTES, type PieceOptions, type ReadOptions, type TensorSliceOptions } from "../../core/tensor-source.js";
import { type ByteSource, checkRange } from "../../io/byte-source.js";
import { verifyCrc32 } from "./crc32.js";
import { findDirectory, MAX_TAIL_BYTES } from "./end-record.js";
import { entryInflater, STEP_BYTES } from "./inflate-entry.js";
import { type EntryRange, localHeaderBytes, parseLocalHeader } from "./local-header.js";
import { regroup } from "./regroup.js";
import { checkPlace, parseDirectory, quoteName, type ZipEntry } from "./zip-directory.js";

/** A zip archive on disk, its directory in memory. The entries' bytes are read when asked for. */
export interface ZipFile {
  readonly file: string;
  /** In directory order, by name. */
  readonly entries: ReadonlyMap<string, ZipEntry>;
  /** Whether the archive has any: see `set_crc32_options` of torch.serialization. */
  readonly hasChecksums: boolean;
  /**
   * Bytes `start` to `end` of an entry, in pieces. The checksum is that of the whole entry: the first time, all of it goes by, and
   * the end is reached only when it is verified; after that, a stored entry gives its parts directly.
   */
  pieces(entry: ZipEntry, start: number, end: number, options?: PieceOptions): AsyncGenerator<Uint8Array>;
  /** The same bytes, whole. */
  read(entry: ZipEntry, start: number, end: number, options?: TensorSliceOptions): Promise<Uint8Array<ArrayBuffer>>;
  /** The first bytes of an entry, without its checksum: a header that says what follows. Fewer when it holds fewer. */
  head(entry: ZipEntry, length: number, options?: ReadOptions): Promise<Uint8Array>;
  /** Bytes of a stored entry, without its checksum. A deflated one has no parts: that is a TypeError. */
  slice(entry: ZipEntry, start: number, end: number, options?: TensorSliceOptions): Promise<Uint8Array<ArrayBuffer>>;
}

/** One read of the file: larger than a piece, because each costs a turn of the event loop. */
const READ_BYTES = 1024 * 1024;

/** Reads an archive's directory, no more. Throws a {@link FormatError} for what is not a zip archive, or lies. */
export async function openZip(source: ByteSource, { signal }: ReadOptions = {}): Promise<ZipFile> {
  const file = source.name;
  const tailStart = Math.max(0, source.byteLength - MAX_TAIL_BYTES);
  const tail = { file, bytes: await source.slice(tailStart, source.byteLength, { signal }), start: tailStart };
  const place = checkPlace(file, findDirectory(tail));
  const { start, end } = place;
  const directory = start >= tailStart ? tail.bytes.subarray(start - tailStart, end - tailStart) : undefined;
  const bytes = directory ?? (await source.slice(start, end, { signal }));
  const entries = new Map(parseDirectory({ file, bytes, start }, place).map((entry) => [entry.name, entry]));
  const ranges = new Map<ZipEntry, Promise<EntryRange>>();
  const verified = new Set<ZipEntry>();
  // torch can be told to compute none, and then writes 0 for every entry; damage does not do that.
  const hasChecksums = [...entries.values()].some((entry) => entry.crc32 !== 0);

  function rangeOf(entry: ZipEntry): Promise<EntryRange> {
    const known = ranges.get(entry);
    if (known !== undefined) return known;
    const range = source
      .slice(entry.header, entry.header + localHeaderBytes(entry))
      .then((header) => parseLocalHeader(file, entry, header));
    ranges.set(entry, range);
    return range;
  }

  /** An entry's bytes from its beginning, as they come. */
  async function* chunks(entry: ZipEntry, options: ReadOptions): AsyncGenerator<Uint8Array> {
    const range = await rangeOf(entry);
    const stepBytes = entry.method === "stored" ? READ_BYTES : STEP_BYTES;
    const memory = new Uint8Array(Math.min(stepBytes, entry.compressedSize));
    const step = entry.method === "stored" ? undefined : entryInflater(file, entry);
    for (let at = range.start; at < range.end; at += stepBytes) {
      const to = Math.min(at + stepBytes, range.end);
      const packed = await source.slice(at, to, { ...options, into: memory });
      if (step === undefined) yield packed;
      else yield* step(packed, to === range.end);
    }
  }

  /** The part that is wanted of an entry that goes by whole, for its checksum. */
  async function* verifiedPart(entry: ZipEntry, from: number, to: number, options: ReadOptions) {
    let computed = 0;
    let done = 0;
    for await (const chunk of chunks(entry, options)) {
      computed = crc32(chunk, computed);
      const part = chunk.subarray(Math.max(0, from - done), Math.max(0, to - done));
      done += chunk.length;
      if (hasChecksums && done === entry.uncompressedSize) verifyCrc32(file, entry, computed);
      if (part.length > 0) yield part;
    }
    if (hasChecksums && done === 0) verifyCrc32(file, entry, computed);
    verified.add(entry);
  }

  async function* directPart(entry: ZipEntry, from: number, to: number, options: ReadOptions) {
    const memory = new Uint8Array(Math.min(READ_BYTES, to - from));
    for (let at = from; at < to; at += READ_BYTES) {
      yield await slice(entry, at, Math.min(at + READ_BYTES, to), { ...options, into: memory });
    }
  }

  function pieces(entry: ZipEntry, from: number, to: number, { unit = 1, into, ...options }: PieceOptions = {}) {
    checkRange({ name: file, byteLength: entry.uncompressedSize }, from, to, quoteName(entry.name));
    const isDirect = entry.method === "stored" && verified.has(entry);
    const part = isDirect ? directPart : verifiedPart;
    const length = unit * Math.max(1, Math.floor(PIECE_BYTES / unit));
    return regroup(part(entry, from, to, options), to - from, length, into);
  }

  async function slice(entry: ZipEntry, from: number, to: number, options: TensorSliceOptions = {}) {
    if (entry.method !== "stored") throw new TypeError(`slice: ${entry.name} is deflated`);
    checkRange({ name: file, byteLength: entry.uncompressedSize }, from, to, quoteName(entry.name));
    const range = await rangeOf(entry);
    return await source.slice(range.start + from, range.start + to, options);
  }

  async function read(entry: ZipEntry, from: number, to: number, { into, ...options }: TensorSliceOptions = {}) {
    checkRange({ name: file, byteLength: entry.uncompressedSize }, from, to, quoteName(entry.name));
    const bytes = into === undefined ? new Uint8Array(to - from) : into.subarray(0, to - from);
    for await (const _ of pieces(entry, from, to, { ...options, into: bytes })) throwIfAborted(options.signal);
    return bytes;
  }

  async function head(entry: ZipEntry, length: number, options: ReadOptions = {}) {
    const wanted = Math.min(length, entry.uncompressedSize);
    if (entry.method === "stored") return await slice(entry, 0, wanted, options);
    for await (const chunk of chunks(entry, options)) return chunk.slice(0, wanted);
    return new Uint8Array();
  }

  return { file, entries, hasChecksums, pieces, read, head, slice };
}

/** The entry of a name, or a {@link FormatError} that there is none. */
export function entryNamed({ file, entries }: ZipFile, name: string): ZipEntry {
  const entry = entries.get(name);
  if (entry !== undefined) return entry;
  throw new FormatError({ file, field: quoteName(name) }, "an entry of this name", "none", {
    hint: "The archive is incomplete: fetch or write it again.",
  });
}
