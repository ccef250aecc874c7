import { Buffer } from "node:buffer";
import { FormatError } from "../../core/errors.js";
import { type ArgumentForm, OPCODES, type OpcodeName } from "./opcodes.js";

/** A place in a pickle that is moved by reading. `base` is where the bytes start in the file, for messages. */
export interface PickleCursor {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly base: number;
  offset: number;
}

/** One opcode and its argument: a number, bytes (views of the pickle), or lines of text. */
export interface Instruction {
  readonly name: OpcodeName;
  /** Where the opcode stands, in bytes from the start of the file. */
  readonly at: number;
  readonly number: number;
  readonly bytes: Uint8Array;
  readonly lines: readonly string[];
}

const BY_CODE: ReadonlyMap<number, { readonly name: OpcodeName; readonly form: ArgumentForm }> = new Map(
  OPCODES.map(([name, code, form]) => [code, { name, form }]),
);

const NOTHING = new Uint8Array();
const NEWLINE = 0x0a;

/** Little-endian counts before the bytes that they count. */
const LENGTH_BYTES = { bytes1: 1, bytes4: 4, bytes8: 8 } as const;

export const DAMAGED = {
  hint: "The file is truncated or damaged, or was not written by torch.save: fetch it again.",
} as const;

/** Reads the next instruction; a byte that is no opcode, or an argument that the pickle does not hold, is a {@link FormatError}. */
export function readInstruction(cursor: PickleCursor): Instruction {
  const at = cursor.base + cursor.offset;
  const [code = 0] = take(cursor, 1, "opcode");
  const opcode = BY_CODE.get(code);
  if (opcode === undefined) {
    const found = `0x${code.toString(16).padStart(2, "0")}`;
    throw new FormatError(
      { file: cursor.file, offset: at, field: "opcode" },
      "one of protocols 0 to 5",
      found,
      DAMAGED,
    );
  }
  const { name, form } = opcode;
  return { name, at, number: 0, bytes: NOTHING, lines: [], ...readArgument(cursor, name, form) };
}

function readArgument(cursor: PickleCursor, name: OpcodeName, form: ArgumentForm): Partial<Instruction> {
  switch (form) {
    case "none":
      return {};
    case "uint1":
      return { number: take(cursor, 1, name)[0] ?? 0 };
    case "uint2":
      return { number: viewOf(take(cursor, 2, name)).getUint16(0, true) };
    case "int4":
      return { number: viewOf(take(cursor, 4, name)).getInt32(0, true) };
    case "uint4":
      return { number: viewOf(take(cursor, 4, name)).getUint32(0, true) };
    case "uint8":
      return { number: readLength(cursor, 8, name) };
    case "float8":
      return { number: viewOf(take(cursor, 8, name)).getFloat64(0, false) };
    case "bytes1":
    case "bytes4":
    case "bytes8":
      return { bytes: take(cursor, readLength(cursor, LENGTH_BYTES[form], name), name) };
    case "line":
      return { lines: [readLine(cursor, name)] };
    case "lines2":
      return { lines: [readLine(cursor, name), readLine(cursor, name)] };
  }
}

/** An unsigned length; one beyond 2^53 is beyond the pickle as well. */
function readLength(cursor: PickleCursor, width: number, field: string): number {
  const bytes = take(cursor, width, field);
  return bytes.reduceRight((value, byte) => value * 256 + byte, 0);
}

function readLine(cursor: PickleCursor, field: string): string {
  const end = cursor.bytes.indexOf(NEWLINE, cursor.offset);
  if (end < 0) throw fault(cursor, field, "a line", "the end of the data");
  const line = take(cursor, end - cursor.offset, field);
  cursor.offset += 1;
  return Buffer.from(line.buffer, line.byteOffset, line.length).toString("latin1");
}

function take(cursor: PickleCursor, length: number, field: string): Uint8Array {
  const left = cursor.bytes.length - cursor.offset;
  if (length > left) throw fault(cursor, field, `${length} bytes more`, `${left}, the end of the data`);
  const bytes = cursor.bytes.subarray(cursor.offset, cursor.offset + length);
  cursor.offset += length;
  return bytes;
}

function fault({ file, base, offset }: PickleCursor, field: string, expected: string, found: string): FormatError {
  return new FormatError({ file, offset: base + offset, field }, expected, found, DAMAGED);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
