import { Buffer } from "node:buffer";
import { FormatError } from "../../core/errors.js";
import { elementCount, formatShape, type Shape } from "../../core/tensor.js";
import { type StoredType, storedType } from "./dtypes.js";
import { jsonFault } from "./strict-json.js";

/** One tensor as the header describes it. */
export interface HeaderEntry extends StoredType {
  readonly name: string;
  /** The format's own name of the type. */
  readonly type: string;
  readonly shape: Shape;
  /** In bytes from the start of the file. */
  readonly start: number;
  readonly end: number;
}

export interface SafetensorsHeader {
  /** In the order of their bytes. */
  readonly entries: readonly HeaderEntry[];
  readonly metadata: ReadonlyMap<string, string>;
}

/** The header's size stands before it in eight bytes. */
export const SIZE_BYTES = 8;

/** The limit of the format's own reader (`MAX_HEADER_SIZE`): a model of a million tensors stays below. */
export const MAX_HEADER_BYTES = 100_000_000;

/** The format sets no limit; weights have at most five axes, and numpy reads no more than this. */
const MAX_RANK = 32;

const METADATA = "__metadata__";

/** Longest name that a message repeats. */
const MAX_QUOTED = 80;

const DAMAGED = {
  hint: "The file is truncated or damaged, or was not written to the safetensors format: fetch it again.",
};

/** The size of the header, from the first eight bytes, checked against the file's. */
export function headerSize(file: string, sizeField: Uint8Array, fileBytes: number): number {
  if (fileBytes < SIZE_BYTES) {
    throw new FormatError({ file, field: "header size" }, `at least ${SIZE_BYTES} bytes`, `${fileBytes}`, DAMAGED);
  }
  const size = new DataView(sizeField.buffer, sizeField.byteOffset, SIZE_BYTES).getBigUint64(0, true);
  const place = { file, offset: 0, field: "header size" };
  if (size > MAX_HEADER_BYTES) throw new FormatError(place, `at most ${MAX_HEADER_BYTES} bytes`, `${size}`, DAMAGED);
  const room = fileBytes - SIZE_BYTES;
  if (size > room) throw new FormatError(place, `at most the ${room} bytes behind it`, `${size}`, DAMAGED);
  return Number(size);
}

/**
 * The header's bytes, checked to the letter: https://github.com/huggingface/safetensors#format. JSON that begins with `{` and
 * ends in spaces alone, no name twice, every tensor as long as its shape, no gaps, no overlaps, nothing behind the last.
 */
export function parseHeader(file: string, bytes: Uint8Array, fileBytes: number): SafetensorsHeader {
  const document = parseJson(file, bytes);
  const metadata = new Map<string, string>();
  const entries: HeaderEntry[] = [];
  const begin = SIZE_BYTES + bytes.byteLength;
  for (const [name, value] of Object.entries(document)) {
    if (name === METADATA) readMetadata(file, value, metadata);
    else entries.push(readEntry(file, name, value, begin));
  }
  entries.sort((a, b) => a.start - b.start || a.end - b.end);
  checkCoverage(file, entries, begin, fileBytes);
  return { entries, metadata };
}

function parseJson(file: string, bytes: Uint8Array): object {
  const place = { file, offset: SIZE_BYTES, field: "header" };
  if (bytes[0] !== 0x7b) {
    const found = bytes.length === 0 ? "nothing" : `0x${Buffer.from(bytes.subarray(0, 1)).toString("hex")}`;
    throw new FormatError(place, "JSON that begins with {", found, DAMAGED);
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new FormatError(place, "UTF-8", "other bytes", { ...DAMAGED, cause });
  }
  const end = text.lastIndexOf("}") + 1;
  if (!/^ *$/.test(text.slice(end))) {
    const found = JSON.stringify(text.slice(end).replace(/^ +/, "").slice(0, 8));
    throw new FormatError(place, "nothing but spaces behind the JSON", found, DAMAGED);
  }
  const document = parseText(place, text);
  const fault = jsonFault(text);
  if (fault !== undefined) {
    const offset = SIZE_BYTES + Buffer.byteLength(text.slice(0, fault.at));
    throw new FormatError({ file, offset, field: "header" }, fault.expected, fault.found, DAMAGED);
  }
  return document;
}

function parseText(place: { readonly file: string; readonly field: string }, text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return value;
  } catch (cause) {
    throw new FormatError(place, "JSON", "other text", { ...DAMAGED, cause });
  }
  throw new FormatError(place, "a JSON object", "something else", DAMAGED);
}

function readMetadata(file: string, value: unknown, metadata: Map<string, string>): void {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new FormatError({ file, field: `header ${METADATA}` }, "an object of strings", kindOf(value), DAMAGED);
  }
  for (const [key, text] of Object.entries(value)) {
    if (typeof text !== "string") {
      throw new FormatError({ file, field: `header ${METADATA}.${quote(key)}` }, "a string", kindOf(text), DAMAGED);
    }
    metadata.set(key, text);
  }
}

function readEntry(file: string, name: string, value: unknown, begin: number): HeaderEntry {
  const field = `tensor ${quote(name)}`;
  const wrong = (what: string, expected: string, found: string) =>
    new FormatError({ file, field: what === "" ? field : `${field} ${what}` }, expected, found, DAMAGED);

  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw wrong("", "an object with dtype, shape and data_offsets", kindOf(value));
  }
  const keys = Object.keys(value).sort();
  if (keys.join() !== "data_offsets,dtype,shape")
    throw wrong("", "dtype, shape and data_offsets", quote(keys.join(", ")));
  const type: unknown = Reflect.get(value, "dtype");
  const stored = typeof type === "string" ? storedType(type) : undefined;
  if (typeof type !== "string" || stored === undefined) {
    throw wrong(
      "dtype",
      "a type of the format (F32, F16, I64 …)",
      typeof type === "string" ? quote(type) : kindOf(type),
    );
  }
  const shape: unknown = Reflect.get(value, "shape");
  if (!isCounts(shape)) throw wrong("shape", "a list of whole numbers", kindOf(shape));
  if (shape.length > MAX_RANK) throw wrong("shape", `at most ${MAX_RANK} axes`, `${shape.length}`);
  const offsets: unknown = Reflect.get(value, "data_offsets");
  if (!isCounts(offsets)) throw wrong("data_offsets", "two whole numbers", kindOf(offsets));
  const [first, last, ...more] = offsets;
  if (first === undefined || last === undefined || more.length > 0) {
    throw wrong("data_offsets", "two whole numbers", `${offsets.length}`);
  }
  const bits = elementCount(shape) * stored.bits;
  if (!Number.isSafeInteger(bits)) throw wrong("shape", "a size below 2^53 bits", formatShape(shape));
  if (bits % 8 !== 0) throw wrong("shape", "whole bytes", `${bits} bits`);
  if (last - first !== bits / 8) {
    const found = `${last - first} (${first} to ${last})`;
    throw wrong("data_offsets", `${bits / 8} bytes for ${type} ${formatShape(shape)}`, found);
  }
  return { name, type, shape, ...stored, start: begin + first, end: begin + last };
}

function checkCoverage(file: string, entries: readonly HeaderEntry[], begin: number, fileBytes: number): void {
  let covered = begin;
  for (const { name, start, end } of entries) {
    if (start !== covered) {
      const field = `tensor ${quote(name)} data_offsets`;
      const found = `${start - begin}, ${start < covered ? "an overlap" : "a hole"}`;
      throw new FormatError(
        { file, field },
        `a start at ${covered - begin}, where the one before ends`,
        found,
        DAMAGED,
      );
    }
    covered = end;
  }
  if (covered !== fileBytes) {
    throw new FormatError({ file, field: "tensors" }, `${covered} bytes in the file`, `${fileBytes}`, DAMAGED);
  }
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0);
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "a list" : typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function quote(text: string): string {
  return text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text;
}
