import { zipSync } from "fflate";
import { ExportError, FormatError } from "../../core/errors.js";
import type { Tensor } from "../../core/tensor.js";
import { quoteName, readZipDirectory, type ZipEntry } from "../zip/zip-directory.js";
import { readZipEntry } from "../zip/zip-entry.js";
import { encodeNpy, parseNpy } from "./npy.js";

/** Offsets and sizes in a plain zip are 32-bit numbers. */
const MAX_ARCHIVE_BYTES = 0xfffffffe;

const SUFFIX = ".npy";

/** A layer's name takes some twenty characters. */
const MAX_NAME_LENGTH = 256;

const NOT_NUMPY = "Write the file again with numpy.savez.";

/**
 * A .npz archive (`numpy.savez`, `numpy.savez_compressed`) as tensors by name, in the archive's order. The names are numpy's
 * keys: without `.npy`, slashes kept (`tap/stem`). Throws a {@link FormatError} on other entries, doubled names, encrypted
 * archives, wrong sizes or checksums, and claims to inflate to more than an honest archive does.
 */
export function parseNpz(name: string, bytes: Uint8Array): ReadonlyMap<string, Tensor> {
  const entries = readZipDirectory(name, bytes);
  for (const entry of entries) checkArrayName(name, entry);
  const tensors = new Map<string, Tensor>();
  for (const entry of entries) {
    const array = readZipEntry(name, bytes, entry);
    tensors.set(arrayName(entry), parseNpy(`${name}/${entry.name}`, array));
  }
  return tensors;
}

/** Throws a {@link FormatError} for an entry that is not an array, or whose name no array has. */
export function checkArrayName(file: string, { name, header: offset }: ZipEntry): void {
  if (!name.endsWith(SUFFIX)) {
    const field = JSON.stringify(name);
    throw new FormatError({ file, offset, field }, "an array, named with .npy", "another file", {
      hint: NOT_NUMPY,
    });
  }
  if (name.length > MAX_NAME_LENGTH || /\p{Cc}/u.test(name)) {
    const expected = `at most ${MAX_NAME_LENGTH} printable characters`;
    throw new FormatError({ file, offset, field: "entry name" }, expected, quoteName(name), { hint: NOT_NUMPY });
  }
}

/** The name that numpy gives an array. */
export function arrayName(entry: ZipEntry): string {
  return entry.name.slice(0, -SUFFIX.length);
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
