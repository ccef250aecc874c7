import { FormatError } from "../../core/errors.js";
import { quoteName, type ZipEntry } from "./zip-directory.js";

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let word = byte;
  for (let bit = 0; bit < 8; bit++) word = word & 1 ? (word >>> 1) ^ 0xedb88320 : word >>> 1;
  return word;
});

/** The CRC-32 of zip (APPNOTE 4.4.7), polynomial 0xedb88320, as an unsigned number, continuing from that of what came before. In plain code: it also runs in browsers. */
export function portableCrc32(bytes: Uint8Array, before = 0): number {
  let word = ~before;
  for (let i = 0; i < bytes.length; i++) word = (word >>> 8) ^ (TABLE[(word ^ (bytes[i] ?? 0)) & 0xff] ?? 0);
  return ~word >>> 0;
}

/** Throws a {@link FormatError} when an entry's bytes are not those that its checksum was computed from. */
export function verifyCrc32(file: string, entry: ZipEntry, found: number): void {
  if (found === entry.crc32) return;
  const place = { file, offset: entry.header, field: `${quoteName(entry.name)}: CRC-32` };
  throw new FormatError(place, hex(entry.crc32), hex(found), {
    hint: "The archive is damaged: fetch or write it again.",
  });
}

const hex = (word: number) => `0x${word.toString(16).padStart(8, "0")}`;
