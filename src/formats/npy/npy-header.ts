import { FormatError } from "../../core/errors.js";
import { formatShape, type Shape } from "../../core/tensor.js";

/**
 * The header of a .npy file: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 * `\x93NUMPY`, major, minor, header length (2 bytes in version 1, else 4), then a Python dict literal that ends in "\n".
 */
const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** numpy itself refuses longer ones (`_MAX_HEADER_SIZE`); a plain array's takes 118 bytes. */
const MAX_HEADER_BYTES = 10_000;

/** What has to be read of a file to parse its header. */
export const MAX_NPY_HEADER_BYTES = MAX_HEADER_BYTES + 12;

/** NPY_MAXDIMS of numpy 1; numpy 2 allows 64, which no picture or weight comes near. */
const MAX_RANK = 32;

/** What numpy calls the element types that are read here. */
export const NPY_DTYPES = ["<f4", "<f8", "<f2", "<i4", "<i8", "|u1", "|b1"] as const;
export type NpyDType = (typeof NPY_DTYPES)[number];

export interface NpyHeader {
  readonly dtype: NpyDType;
  readonly shape: Shape;
  /** Where the elements begin, in bytes from the start of the file. */
  readonly dataOffset: number;
}

/** Reads the header alone. Throws a {@link FormatError} on anything but a little-endian, C-ordered array of plain numbers. */
export function parseNpyHeader(name: string, bytes: Uint8Array): NpyHeader {
  const fail = (offset: number, field: string, expected: string, found: string, hint?: string): never => {
    throw new FormatError({ file: name, offset, field }, expected, found, hint === undefined ? {} : { hint });
  };
  if (bytes.length < 10 || MAGIC.some((byte, i) => bytes[i] !== byte)) {
    return fail(0, "magic", "\\x93NUMPY and a version", describeStart(bytes), "This is not a .npy file.");
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const major = view.getUint8(6);
  const minor = view.getUint8(7);
  if (major < 1 || major > 3 || minor !== 0) return fail(6, "version", "1.0, 2.0 or 3.0", `${major}.${minor}`);
  const start = major === 1 ? 10 : 12;
  if (bytes.length < start) return fail(8, "header length", "4 bytes", `${bytes.length - 8}`);
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > MAX_HEADER_BYTES) return fail(8, "header length", `at most ${MAX_HEADER_BYTES}`, `${length}`);
  const dataOffset = start + length;
  if (dataOffset > bytes.length) {
    return fail(8, "header length", `at most the ${bytes.length - start} bytes that follow`, `${length}`);
  }
  // Version 1 and 2 are latin-1, 3 is UTF-8: a plain array's header is ASCII in all three, anything else fails below.
  const text = String.fromCharCode(...bytes.subarray(start, dataOffset));
  const fields = parseDict(text);
  if (typeof fields === "number") {
    return fail(
      start + fields,
      "header",
      "{'descr': …, 'fortran_order': …, 'shape': (…), }",
      quote(text.slice(fields)),
    );
  }
  const dtype = NPY_DTYPES.find((known) => known === fields.descr);
  if (dtype === undefined)
    return fail(start, "descr", NPY_DTYPES.join(", "), quote(fields.descr), dtypeHint(fields.descr));
  if (fields.fortranOrder) {
    return fail(start, "fortran_order", "False", "True", "Save it with np.ascontiguousarray(array).");
  }
  const { shape } = fields;
  const elements = shape.reduce((product, extent) => product * extent, 1);
  if (shape.length > MAX_RANK) return fail(start, "shape", `at most ${MAX_RANK} axes`, `${shape.length}`);
  if (![...shape, elements].every(Number.isSafeInteger))
    return fail(start, "shape", "sizes below 2^53", formatShape(shape));
  return { dtype, shape, dataOffset };
}

interface DictFields {
  readonly descr: string;
  readonly fortranOrder: boolean;
  readonly shape: Shape;
}

const ENTRY =
  /\s*(?:'(descr|fortran_order|shape)'|"(descr|fortran_order|shape)")\s*:\s*(?:'([^'\\]*)'|"([^"\\]*)"|(True|False)|\(([\d\s,]*)\)|(\[[^\]]*\]))\s*/y;

/** The three fields of the dict literal, in any order, each exactly once; or the position where the text leaves that form. */
function parseDict(text: string): DictFields | number {
  if (!text.startsWith("{")) return 0;
  let descr: string | undefined;
  let fortranOrder: boolean | undefined;
  let shape: Shape | undefined;
  let position = 1;
  while (true) {
    ENTRY.lastIndex = position;
    const match = ENTRY.exec(text);
    if (match === null) return position;
    const key = match[1] ?? match[2];
    const string = match[3] ?? match[4] ?? match[7];
    const extents = match[6] === undefined ? undefined : parseTuple(match[6]);
    if (key === "descr" && descr === undefined && string !== undefined) descr = string;
    else if (key === "fortran_order" && fortranOrder === undefined && match[5] !== undefined) {
      fortranOrder = match[5] === "True";
    } else if (key === "shape" && shape === undefined && extents !== undefined) shape = extents;
    else return position;
    position += match[0].length;
    const comma = text[position] === ",";
    if (comma) position++;
    const end = /\s*\}/y;
    end.lastIndex = position;
    if (end.test(text)) {
      position = end.lastIndex;
      break;
    }
    if (!comma) return position;
  }
  if (!/^ *\n$/.test(text.slice(position))) return position;
  if (descr === undefined || fortranOrder === undefined || shape === undefined) return position;
  return { descr, fortranOrder, shape };
}

/** The inside of a Python tuple of plain integers: "", "3,", "3, 4", "3, 4,". One integer without a comma is no tuple. */
function parseTuple(text: string): Shape | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return [];
  const parts = trimmed.split(",").map((part) => part.trim());
  if (parts.length === 1) return undefined;
  if (parts.at(-1) === "") parts.pop();
  return parts.every((part) => /^\d+$/.test(part)) ? parts.map(Number) : undefined;
}

function dtypeHint(descr: string): string {
  if (descr.startsWith(">"))
    return "Big-endian arrays are not read: save it with array.astype(array.dtype.newbyteorder('<')).";
  if (descr.includes("O")) return "Pickled Python objects are never read: save plain numbers.";
  return "Save it as float32 or float64.";
}

function describeStart(bytes: Uint8Array): string {
  if (bytes.length === 0) return "an empty file";
  return [...bytes.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
}

/** At most 40 characters of a hostile header, with nothing that could steer a terminal. */
function quote(text: string): string {
  return text === "" ? "its end" : JSON.stringify(text.slice(0, 40)).replace(/[^\x20-\x7e]/g, "?");
}

/** numpy leaves room for the first axis to grow in place (`GROWTH_AXIS_MAX_DIGITS`). */
const GROWTH_DIGITS = 21;

/** numpy starts the elements at a multiple of this (`ARRAY_ALIGN`). */
const ALIGNMENT = 64;

/** A version 1.0 header, byte for byte as numpy writes it. */
export function encodeNpyHeader(dtype: NpyDType, shape: Shape): Uint8Array<ArrayBuffer> {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
  const growth = shape.length === 0 ? 0 : GROWTH_DIGITS - `${shape[0]}`.length;
  const dict = `{'descr': '${dtype}', 'fortran_order': False, 'shape': ${tuple}, }${" ".repeat(growth)}`;
  const total = Math.ceil((10 + dict.length + 1) / ALIGNMENT) * ALIGNMENT;
  const text = `${dict.padEnd(total - 11)}\n`;
  const bytes = new Uint8Array(total);
  bytes.set([...MAGIC, 1, 0, text.length & 0xff, text.length >> 8]);
  for (let i = 0; i < text.length; i++) bytes[10 + i] = text.charCodeAt(i);
  return bytes;
}
