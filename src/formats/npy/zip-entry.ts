import { Inflate } from "fflate";
import { FormatError } from "../../core/errors.js";
import type { ZipEntry } from "./zip-directory.js";

/** Deflate's best is 258 bytes from 2 bits (RFC 1951, section 3.2.5): a claim above it is a lie whatever the bytes are. */
const MAX_DEFLATE_RATIO = 1032;

/** A step of this size inflates to at most 66 MB, and is judged before the next. */
const STEP_BYTES = 64 * 1024;

/** Two steps in a row may yield nothing (a stored block of 64 KiB that straddles them); more is a stream that only pretends. */
const MAX_SILENT_STEPS = 4;

/** The entry's bytes: a view of the archive when stored, else inflated. Size and CRC-32 must be what the directory says. */
export function readZipEntry(file: string, archive: Uint8Array, entry: ZipEntry): Uint8Array {
  const packed = archive.subarray(entry.start, entry.end);
  const bytes = entry.method === "stored" ? packed : inflate(file, packed, entry);
  const found = crc32(bytes);
  if (found !== entry.crc32) {
    throw new FormatError(place(file, entry, "CRC-32"), hex(entry.crc32), hex(found), {
      hint: "The archive is damaged: write it again.",
    });
  }
  return bytes;
}

const place = (file: string, entry: ZipEntry, field: string) => ({
  file,
  offset: entry.start,
  field: `${JSON.stringify(entry.name)}: ${field}`,
});

const hex = (word: number) => `0x${word.toString(16).padStart(8, "0")}`;

function inflate(file: string, packed: Uint8Array, entry: ZipEntry): Uint8Array {
  const claimed = entry.uncompressedSize;
  const fail = (expected: string, found: string, cause?: unknown): never => {
    throw new FormatError(place(file, entry, "deflated data"), expected, found, { cause });
  };
  const most = packed.length * MAX_DEFLATE_RATIO;
  if (claimed > most) fail(`at most ${most} bytes from ${packed.length}`, `a claim of ${claimed}`);
  const out = new Uint8Array(claimed);
  let total = 0;
  const stream = new Inflate((chunk) => {
    if (total + chunk.length > claimed) fail(`the ${claimed} bytes claimed`, "more");
    out.set(chunk, total);
    total += chunk.length;
  });
  let silent = 0;
  for (let start = 0; start < packed.length; start += STEP_BYTES) {
    const before = total;
    try {
      stream.push(packed.subarray(start, start + STEP_BYTES), start + STEP_BYTES >= packed.length);
    } catch (cause) {
      if (cause instanceof FormatError) throw cause;
      fail("a deflate stream", cause instanceof Error ? cause.message : "a damaged one", cause);
    }
    silent = total === before ? silent + 1 : 0;
    if (silent > MAX_SILENT_STEPS) fail("a deflate stream", `${silent * STEP_BYTES} bytes that yield nothing`);
  }
  if (total !== claimed) fail(`the ${claimed} bytes claimed`, `${total}`);
  return out;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let word = byte;
  for (let bit = 0; bit < 8; bit++) word = word & 1 ? (word >>> 1) ^ 0xedb88320 : word >>> 1;
  return word;
});

/** The CRC-32 of zip (APPNOTE 4.4.7), polynomial 0xedb88320, as an unsigned number. In plain code: it also runs in browsers. */
export function crc32(bytes: Uint8Array): number {
  let word = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) word = (word >>> 8) ^ (CRC_TABLE[(word ^ (bytes[i] ?? 0)) & 0xff] ?? 0);
  return ~word >>> 0;
}
