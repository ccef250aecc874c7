import { zipSync } from "fflate";
import { ExportError, FormatError } from "../../core/errors.js";
import type { Tensor } from "../../core/tensor.js";
import { encodeNpy, parseNpy } from "./npy.js";
import { readZipDirectory, type ZipEntry } from "./zip-directory.js";
import { readZipEntry } from "./zip-entry.js";

/**
 * What all entries together may claim to inflate to: a constant for small files of zeros and one-hot rows, which shrink a
 * thousandfold, and eight times the file for large ones, since layer outputs in float32 shrink threefold at most.
 */
const MAX_INFLATED_BYTES = 256 * 1024 * 1024;
const MAX_INFLATED_PER_FILE_BYTE = 8;

/** Offsets and sizes in a plain zip are 32-bit numbers. */
const MAX_ARCHIVE_BYTES = 0xfffffffe;

const SUFFIX = ".npy";

/** A layer's name takes some twenty characters. */
const MAX_NAME_LENGTH = 256;

/**
 * A .npz archive (`numpy.savez`, `numpy.savez_compressed`) as tensors by name, in the archive's order. The names are numpy's
 * keys: without `.npy`, slashes kept (`tap/stem`). Throws a {@link FormatError} on other entries, doubled names, encrypted or
 * zip64 archives, wrong sizes or checksums, and claims above what {@link MAX_INFLATED_BYTES} allows.
 */
export function parseNpz(name: string, bytes: Uint8Array): ReadonlyMap<string, Tensor> {
  const entries = readZipDirectory(name, bytes);
  refuseBomb(name, bytes.length, entries);
  const keys = new Set<string>();
  for (const entry of entries) {
    const field = JSON.stringify(entry.name);
    if (!entry.name.endsWith(SUFFIX)) {
      throw new FormatError({ file: name, offset: entry.start, field }, "an array, named with .npy", "another file");
    }
    if (entry.name.length > MAX_NAME_LENGTH || /\p{Cc}/u.test(entry.name)) {
      const expected = `at most ${MAX_NAME_LENGTH} printable characters`;
      throw new FormatError({ file: name, offset: entry.start, field: "entry name" }, expected, field.slice(0, 40));
    }
    if (keys.has(entry.name))
      throw new FormatError({ file: name, offset: entry.start, field }, "one of this name", "two");
    keys.add(entry.name);
  }
  const tensors = new Map<string, Tensor>();
  for (const entry of entries) {
    const array = readZipEntry(name, bytes, entry);
    tensors.set(entry.name.slice(0, -SUFFIX.length), parseNpy(`${name}/${entry.name}`, array));
  }
  return tensors;
}

function refuseBomb(file: string, fileBytes: number, entries: readonly ZipEntry[]): void {
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

/**
 * The bytes of a .npz archive that `numpy.load` opens: stored, in the map's order, with a fixed date, so that the same
 * tensors give the same bytes. Throws an {@link ExportError} above 4 GiB.
 */
export function encodeNpz(entries: ReadonlyMap<string, Tensor>): Uint8Array {
  const arrays: Record<string, Uint8Array> = {};
  let total = 0;
  for (const [name, tensor] of entries) {
    const array = encodeNpy(tensor);
    arrays[`${name}${SUFFIX}`] = array;
    total += array.length + 256 + 4 * name.length;
  }
  if (total > MAX_ARCHIVE_BYTES) {
    throw new ExportError(`a .npz archive holds at most 4 GiB, and these arrays take ${total} bytes`, {
      hint: "Write fewer samples or no taps.",
    });
  }
  // Local time, because that is what the writer takes apart: noon exists on this day in every time zone.
  return zipSync(arrays, { level: 0, mtime: new Date(1980, 0, 1, 12) });
}
