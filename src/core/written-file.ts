import { createHash } from "node:crypto";

/** A file as it was written. */
export interface WrittenFile {
  /** Below the folder, with `/`. */
  readonly path: string;
  readonly bytes: number;
  /** Lower-case hex, taken while writing. */
  readonly sha256: string;
}

/** What is said of a file with these bytes. */
export function writtenFile(path: string, bytes: Uint8Array): WrittenFile {
  return { path, bytes: bytes.byteLength, sha256: createHash("sha256").update(bytes).digest("hex") };
}
