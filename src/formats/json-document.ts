import { readFile, stat } from "node:fs/promises";
import type { ZodType } from "zod";
import { FormatError, throwIfAborted } from "../core/errors.js";
import type { ReadOptions } from "../core/tensor-source.js";
import { unreadable } from "../io/file-source.js";

/** Longest value that a message repeats. */
const MAX_QUOTED = 60;

/** How messages about a document are worded. */
export interface DocumentWords {
  /** The file's name in messages. */
  readonly file: string;
  /** What it should be, where the schema has no words of its own: `a manifest`. */
  readonly expected: string;
  readonly hint: string;
}

/** A whole file, refused before it is read when it is no file or takes more than `limit` bytes. */
export async function readDocument(
  path: string,
  file: string,
  limit: number,
  { signal }: ReadOptions = {},
): Promise<Uint8Array> {
  throwIfAborted(signal);
  try {
    const { size } = await stat(path);
    if (size > limit) throw new FormatError({ file, field: "size" }, `at most ${limit} bytes`, `${size}`);
    return await readFile(path);
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** JSON in UTF-8 that fits a schema, or a {@link FormatError} that names the first wrong field and what stands there. */
export function parseDocument<T>(bytes: Uint8Array, schema: ZodType<T>, words: DocumentWords): T {
  return checkDocument(parseJson(bytes, words.file), schema, words);
}

/** A value that fits a schema, or a {@link FormatError} that names the first wrong field and what stands there. */
export function checkDocument<T>(value: unknown, schema: ZodType<T>, { file, expected, hint }: DocumentWords): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = issue?.path ?? [];
  const field = path.length === 0 ? "document" : path.map(String).join(".");
  throw new FormatError({ file, field }, issue?.message ?? expected, quote(valueAt(value, path)), { hint });
}

/** JSON in UTF-8. */
export function parseJson(bytes: Uint8Array, file: string): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    const found = cause instanceof Error ? cause.message : String(cause);
    throw new FormatError({ file, field: "document" }, "JSON in UTF-8", found, { cause });
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
  // JSON has no infinity, but 1e999 is read as one.
  const text = typeof value === "number" ? String(value) : JSON.stringify(value);
  return text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text;
}
