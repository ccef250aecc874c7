import { FormatError } from "../../core/errors.js";
import type { ZipEntry } from "./zip-directory.js";

/**
 * What all entries together may claim to inflate to: a constant for small files of zeros and one-hot rows, which shrink a
 * thousandfold, and eight times the file for large ones, since layer outputs in float32 shrink threefold at most.
 */
const MAX_INFLATED_BYTES = 256 * 1024 * 1024;
const MAX_INFLATED_PER_FILE_BYTE = 8;

/** Refuses an archive that claims to inflate to more than an honest one of its size. */
export function refuseBomb(file: string, fileBytes: number, entries: readonly ZipEntry[]): void {
  const deflated = entries.filter((entry) => entry.method === "deflated");
  const claimed = deflated.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
  const allowed = Math.max(MAX_INFLATED_BYTES, MAX_INFLATED_PER_FILE_BYTE * fileBytes);
  if (claimed > allowed) {
    throw new FormatError(
      { file, field: "uncompressed size" },
      `at most ${allowed} bytes from a file of ${fileBytes}`,
      `${claimed}`,
      { hint: "If the file is what you expect, write it uncompressed (numpy.savez)." },
    );
  }
}
