import { readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { FormatError, throwIfAborted } from "../core/errors.js";
import type { ReadOptions } from "../core/tensor-source.js";
import { MANIFEST_FILE } from "../formats/description/description.js";
import { MAX_MANIFEST_BYTES } from "../formats/description/export-folder.js";
import { parseDocument } from "../formats/json-document.js";
import { type Manifest, manifestSchema } from "./manifest.js";

/** The manifest of an exported folder. Throws a {@link FormatError} when it is not there, too large, or not one. */
export async function readManifest(folder: string, { signal }: ReadOptions = {}): Promise<Manifest> {
  throwIfAborted(signal);
  const path = join(folder, MANIFEST_FILE);
  const size = await sizeOf(path);
  if (size > MAX_MANIFEST_BYTES) {
    throw new FormatError({ file: MANIFEST_FILE, field: "size" }, `at most ${MAX_MANIFEST_BYTES} bytes`, `${size}`);
  }
  return parseManifest(await readFile(path));
}

async function sizeOf(path: string): Promise<number> {
  try {
    const status = await stat(path);
    if (status.isFile()) return status.size;
  } catch {
    // The message below says the same of a missing, a forbidden and a broken path.
  }
  const found = `none in ${basename(join(path, ".."))}`;
  throw new FormatError({ file: MANIFEST_FILE, field: "file" }, "the manifest of an exported folder", found, {
    hint: "Give the folder that `biggan-port convert` wrote.",
  });
}

/** The bytes of a manifest. Throws a {@link FormatError} that names the first wrong field. */
export function parseManifest(bytes: Uint8Array): Manifest {
  return parseDocument(bytes, manifestSchema, {
    file: MANIFEST_FILE,
    expected: "a manifest",
    hint: "Export the model again with this version.",
  });
}
