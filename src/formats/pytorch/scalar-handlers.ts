import { Buffer } from "node:buffer";
import type { Handler } from "./handler.js";
import { fault, type Machine, mark, pop, popToMark, push, recall, remember, top } from "./machine.js";
import type { OpcodeName } from "./opcodes.js";

/** torch's magic number takes ten bytes; whole numbers in a checkpoint fit in eight. */
const MAX_INTEGER_BYTES = 16;
const MAX_INTEGER_DIGITS = 40;

/** The last protocol there is: https://docs.python.org/3/library/pickle.html#data-stream-format */
const LAST_PROTOCOL = 5;

/** Numbers, strings, the stack and the memo. */
export const SCALAR_HANDLERS = {
  PROTO: (machine, { number }) => {
    if (number > LAST_PROTOCOL) throw fault(machine, `a protocol of at most ${LAST_PROTOCOL}`, `${number}`);
  },
  FRAME: (machine, { number }) => {
    const left = machine.cursor.bytes.length - machine.cursor.offset;
    if (number > left) throw fault(machine, `a frame of at most the ${left} bytes left`, `${number}`);
  },
  MARK: (machine) => mark(machine),
  POP: (machine) => {
    // Python's pickler closes an empty run this way: what is on top may be the mark itself.
    if (machine.marks.at(-1) === machine.stack.length) machine.marks.pop();
    else pop(machine);
  },
  POP_MARK: (machine) => {
    popToMark(machine);
  },
  DUP: (machine) => push(machine, top(machine)),
  NONE: (machine) => push(machine, null),
  NEWTRUE: (machine) => push(machine, true),
  NEWFALSE: (machine) => push(machine, false),
  BININT: (machine, { number }) => push(machine, number),
  BININT1: (machine, { number }) => push(machine, number),
  BININT2: (machine, { number }) => push(machine, number),
  BINFLOAT: (machine, { number }) => push(machine, number),
  INT: (machine, { lines: [line = ""] }) => {
    push(machine, line === "00" || line === "01" ? line === "01" : decimal(machine, line));
  },
  LONG: (machine, { lines: [line = ""] }) => push(machine, decimal(machine, line.replace(/L$/, ""))),
  FLOAT: (machine, { lines: [line = ""] }) => push(machine, float(machine, line)),
  LONG1: (machine, { bytes }) => push(machine, integer(machine, bytes)),
  LONG4: (machine, { bytes }) => push(machine, integer(machine, bytes)),
  STRING: (machine, { lines: [line = ""] }) => push(machine, text(Buffer.from(unquoted(machine, line), "latin1"))),
  BINSTRING: (machine, { bytes }) => push(machine, text(bytes)),
  SHORT_BINSTRING: (machine, { bytes }) => push(machine, text(bytes)),
  UNICODE: (machine, { lines: [line = ""] }) => push(machine, rawUnicode(line)),
  BINUNICODE: (machine, { bytes }) => push(machine, unicode(machine, bytes)),
  SHORT_BINUNICODE: (machine, { bytes }) => push(machine, unicode(machine, bytes)),
  BINUNICODE8: (machine, { bytes }) => push(machine, unicode(machine, bytes)),
  BINBYTES: (machine, { bytes }) => push(machine, bytes),
  SHORT_BINBYTES: (machine, { bytes }) => push(machine, bytes),
  BINBYTES8: (machine, { bytes }) => push(machine, bytes),
  BYTEARRAY8: (machine, { bytes }) => push(machine, bytes),
  PUT: (machine, { lines: [line = ""] }) => remember(machine, Number(decimal(machine, line))),
  BINPUT: (machine, { number }) => remember(machine, number),
  LONG_BINPUT: (machine, { number }) => remember(machine, number),
  MEMOIZE: (machine) => remember(machine, machine.memo.size),
  GET: (machine, { lines: [line = ""] }) => recall(machine, Number(decimal(machine, line))),
  BINGET: (machine, { number }) => recall(machine, number),
  LONG_BINGET: (machine, { number }) => recall(machine, number),
} satisfies Partial<Record<OpcodeName, Handler>>;

/** A number where it is exact, else a bigint. */
function plain(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function decimal(machine: Machine, line: string): number | bigint {
  if (/^-?\d+$/.test(line) && line.length <= MAX_INTEGER_DIGITS) return plain(BigInt(line));
  throw fault(machine, `a whole number of at most ${MAX_INTEGER_DIGITS} digits`, quoted(line));
}

/** Two's complement, little-endian. */
function integer(machine: Machine, bytes: Uint8Array): number | bigint {
  if (bytes.length > MAX_INTEGER_BYTES) {
    throw fault(machine, `an integer of at most ${MAX_INTEGER_BYTES} bytes`, `${bytes.length} bytes`);
  }
  const unsigned = bytes.reduceRight((value, byte) => value * 256n + BigInt(byte), 0n);
  return plain(BigInt.asIntN(8 * bytes.length, unsigned));
}

const SPECIAL_FLOATS: ReadonlyMap<string, number> = new Map([
  ["inf", Number.POSITIVE_INFINITY],
  ["-inf", Number.NEGATIVE_INFINITY],
  ["nan", Number.NaN],
]);

function float(machine: Machine, line: string): number {
  const special = SPECIAL_FLOATS.get(line);
  if (special !== undefined) return special;
  if (line !== "" && Number.isFinite(Number(line))) return Number(line);
  throw fault(machine, "a number", quoted(line));
}

function unicode(machine: Machine, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw fault(machine, "UTF-8", `${bytes.length} other bytes`);
  }
}

/** A string of Python 2, which has no encoding: UTF-8 as torch reads it, or its bytes as they are. */
function text(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return Buffer.from(bytes).toString("latin1");
  }
}

/** Latin-1 with `\uXXXX` and `\UXXXXXXXX` for the rest (`raw-unicode-escape`). */
function rawUnicode(line: string): string {
  return line.replace(/\\u([\da-fA-F]{4})|\\U000([\da-fA-F]{5})/g, (_, short?: string, long?: string) =>
    String.fromCodePoint(Number.parseInt(short ?? long ?? "0", 16)),
  );
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", "\\": "\\", "'": "'", '"': '"' };

/** Python's `repr` of a string. */
function unquoted(machine: Machine, line: string): string {
  const inside = /^'(.*)'$|^"(.*)"$/s.exec(line);
  if (inside === null) throw fault(machine, "a quoted string", quoted(line));
  return (inside[1] ?? inside[2] ?? "").replace(/\\(?:x([\da-fA-F]{2})|(.))/gs, (all, hex?: string, other?: string) =>
    hex === undefined ? (ESCAPES[other ?? ""] ?? all) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

function quoted(line: string): string {
  return JSON.stringify(line.slice(0, 40)).replace(/[^\x20-\x7e]/g, "?");
}
