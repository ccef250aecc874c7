import { FormatError } from "../../core/errors.js";
import { LOCAL_BYTES, nameBytes, quoteName, type ZipEntry } from "./zip-directory.js";

/** Where an entry's bytes, as stored, lie in the archive. */
export interface EntryRange {
  readonly start: number;
  readonly end: number;
}

const LOCAL_SIGNATURE = 0x04034b50;

const DAMAGED = { hint: "The archive is damaged: fetch or write it again." } as const;

/** How much of an entry's local header has to be read: all but its extra fields. */
export function localHeaderBytes({ name }: ZipEntry): number {
  return LOCAL_BYTES + nameBytes(name).length;
}

/** The place of an entry's bytes, by its local header, which must name the same entry as the directory. */
export function parseLocalHeader(file: string, entry: ZipEntry, bytes: Uint8Array): EntryRange {
  const { name, header, limit, compressedSize } = entry;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fail = (at: number, field: string, expected: string, found: string): never => {
    throw new FormatError(
      { file, offset: header + at, field: `${quoteName(name)}: ${field}` },
      expected,
      found,
      DAMAGED,
    );
  };
  if (view.getUint32(0, true) !== LOCAL_SIGNATURE) fail(0, "local header", "one", "something else");
  const nameLength = view.getUint16(26, true);
  const sameName = nameBytes(name).every((byte, i) => byte === bytes[LOCAL_BYTES + i]);
  if (nameLength !== bytes.length - LOCAL_BYTES || !sameName) {
    fail(LOCAL_BYTES, "local header", "the name in the directory", "another name");
  }
  const start = header + LOCAL_BYTES + nameLength + view.getUint16(28, true);
  const end = start + compressedSize;
  if (end > limit) fail(28, "bytes", `to end before byte ${limit}`, `byte ${end}`);
  return { start, end };
}
