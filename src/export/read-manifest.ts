import { readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { FormatError, throwIfAborted } from "../core/errors.js";
import type { ReadOptions } from "../core/tensor-source.js";
import { MANIFEST_FILE, type Manifest, manifestSchema } from "./manifest.js";

/** A manifest takes a few kilobytes: 100 files of a 512 model at 150 bytes, and the configuration. */
const MAX_MANIFEST_BYTES = 4 * 1024 * 1024;

const MAX_QUOTED = 60;

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
  const value = parseJson(bytes);
  const parsed = manifestSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = issue?.path ?? [];
  const field = path.length === 0 ? "document" : path.map(String).join(".");
  throw new FormatError({ file: MANIFEST_FILE, field }, issue?.message ?? "a manifest", quote(valueAt(value, path)), {
    hint: "Export the model again with this version.",
  });
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    const found = cause instanceof Error ? cause.message : String(cause);
    throw new FormatError({ file: MANIFEST_FILE, field: "document" }, "JSON in UTF-8", found, { cause });
  }
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === "object" && at !== null ? Reflect.get(at, key) : undefined),
    value,
  );
}

function quote(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "a list" : "an object";
  const text = JSON.stringify(value);
  return text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text;
}
