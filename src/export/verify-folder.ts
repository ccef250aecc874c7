import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { FormatError, throwIfAborted } from "../core/errors.js";
import type { ReadOptions } from "../core/tensor-source.js";
import { checkSize } from "../formats/description/export-folder.js";
import type { Manifest } from "./manifest.js";
import { readManifest } from "./read-manifest.js";
import type { ExportedFile } from "./written-file.js";

const HINT = "The export was changed or cut short: write it again.";

/**
 * Reads an exported folder whole and compares every file with the manifest. Sizes are compared before anything is hashed.
 * @throws FormatError that names the first file that is missing, has another size, or has another SHA-256.
 */
export async function verifyFolder(folder: string, { signal }: ReadOptions = {}): Promise<Manifest> {
  const manifest = await readManifest(folder, { signal });
  for (const file of manifest.files) await checkSize(folder, file);
  for (const file of manifest.files) await verifyHash(folder, file, signal);
  return manifest;
}

async function verifyHash(
  folder: string,
  { path, sha256 }: ExportedFile,
  signal: AbortSignal | undefined,
): Promise<void> {
  const hash = createHash("sha256");
  try {
    for await (const piece of createReadStream(join(folder, path))) {
      throwIfAborted(signal);
      hash.update(piece);
    }
  } catch (cause) {
    if (!(cause instanceof Error && "syscall" in cause)) throw cause;
    throw new FormatError({ file: path, field: "content" }, "a readable file", cause.message, { cause });
  }
  const found = hash.digest("hex");
  if (found !== sha256) throw new FormatError({ file: path, field: "sha256" }, sha256, found, { hint: HINT });
}
