import protobuf from "protobufjs/minimal.js";
import { isSame } from "./name-index.js";

/**
 * How the message of a constant looks between its name, which comes first, and its content, and behind that. Rows of statistics are all alike, so that of
 * thousands a few have to be taken apart.
 */
export interface ContentTemplate {
  readonly contentBytes: number;
  readonly before: DataView;
  readonly after: DataView;
  /** `before`, as long, of a message whose content is empty. */
  readonly beforeNone: Uint8Array;
}

/** The length of a field: a varint, where that is, and what it says. */
export interface Length {
  readonly at: number;
  readonly width: number;
  readonly value: number;
}

/** Says another length in as many bytes; a varint may be longer than it must: https://protobuf.dev/programming-guides/encoding/#varints */
export function writeLength(bytes: Uint8Array, at: number, width: number, value: number): void {
  let rest = value;
  for (let byte = 0; byte < width; byte++) {
    bytes[at + byte] = (rest & 0x7f) | (byte === width - 1 ? 0 : 0x80);
    rest >>>= 7;
  }
}

/** Of NodeDef, AttrValue and TensorProto: https://github.com/tensorflow/tensorflow/tree/v2.15.1/tensorflow/core/framework */
const NAME_TAG = (1 << 3) | 2;
const ATTRIBUTE_TAG = (5 << 3) | 2;
const KEY_TAG = (1 << 3) | 2;
const VALUE_TAG = (2 << 3) | 2;
const TENSOR_TAG = (8 << 3) | 2;
const DTYPE_TAG = 1 << 3;
const DT_FLOAT = 1;
const CONTENT_TAG = (4 << 3) | 2;

/** Where the name of a NodeDef ends, when it is the first field, as TensorFlow writes it; -1 for anything else. */
export function endOfName(bytes: Uint8Array, node: number): number {
  if (bytes[node] !== NAME_TAG) return -1;
  const low = bytes[node + 1] ?? 0;
  const high = bytes[node + 2] ?? 0;
  if (low < 0x80) return node + 2 + low;
  return high < 0x80 ? node + 3 + ((high << 7) | (low & 0x7f)) : -1;
}

/**
 * Whether what follows the name of a node can be a constant with so large a content: the op comes next, as TensorFlow writes it, and one field is as large.
 * Most constants are numbers and shapes.
 */
export function mayHold(contentBytes: number, bytes: Uint8Array, nameEnd: number, end: number): boolean {
  for (let at = 0; at < CONST.length; at++) if (bytes[nameEnd + at] !== CONST[at]) return false;
  for (let at = nameEnd + CONST.length; at < end; ) {
    const length = bytes[at + 1] ?? 0;
    if (length > 0x7f || length >= contentBytes + LEAST_AROUND) return true;
    at += 2 + length;
  }
  return false;
}

/** The field of the op. */
const CONST: readonly number[] = [(2 << 3) | 2, 5, ...Array.from("Const", (letter) => letter.charCodeAt(0))];

/** What an attribute `value` has besides a content: its key, the type, the lengths of all. */
const LEAST_AROUND = 15;

/** Whether the message between two places, whose name ends at a third, looks like that. */
export function looksLike(template: ContentTemplate, bytes: DataView, nameEnd: number, end: number): boolean {
  const { before, after, contentBytes } = template;
  const contentEnd = nameEnd + before.byteLength + contentBytes;
  return (
    end - contentEnd === after.byteLength &&
    isSame(before, 0, bytes, nameEnd, before.byteLength) &&
    isSame(after, 0, bytes, contentEnd, after.byteLength)
  );
}

/**
 * Takes apart what follows a name. Undefined when it has not one value, a float32 tensor with one content of whole numbers, written as TensorFlow does,
 * or is damaged: whoever parses it says how.
 */
export function templateOf(rest: Uint8Array): ContentTemplate | undefined {
  let found: ContentTemplate | undefined;
  try {
    const reader = protobuf.Reader.create(rest);
    while (reader.pos < rest.length) {
      const tag = reader.tag();
      if (tag !== ATTRIBUTE_TAG) {
        reader.skipType(tag & 7, 0, tag >>> 3);
        continue;
      }
      const length = readLength(reader, rest.length);
      const end = reader.pos + length.value;
      if (reader.tag() !== KEY_TAG) return undefined;
      const key = reader.string();
      if (reader.tag() !== VALUE_TAG) return undefined;
      const value = readLength(reader, end);
      if (reader.pos + value.value !== end) return undefined;
      if (key === "value") {
        if (found !== undefined) return undefined;
        found = inValue(rest, reader, [length, value], end);
        if (found === undefined) return undefined;
      }
      reader.pos = end;
    }
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
  return found;
}

/** Of an AttrValue, which ends with its entry; `around` are the lengths of both. */
function inValue(
  rest: Uint8Array,
  reader: protobuf.Reader,
  around: readonly Length[],
  end: number,
): ContentTemplate | undefined {
  if (reader.tag() !== TENSOR_TAG) return undefined;
  const tensor = readLength(reader, end);
  if (reader.pos + tensor.value !== end) return undefined;
  let isFloat = false;
  let found: ContentTemplate | undefined;
  while (reader.pos < end) {
    const tag = reader.tag();
    if (tag === DTYPE_TAG) isFloat = reader.uint32() === DT_FLOAT;
    else if (tag === CONTENT_TAG) {
      if (found !== undefined) return undefined;
      const own = readLength(reader, end);
      const contentBytes = own.value;
      const before = rest.slice(0, reader.pos);
      const beforeNone = before.slice();
      for (const { at, width, value: bytes } of [...around, tensor, own]) {
        writeLength(beforeNone, at, width, bytes - contentBytes);
      }
      reader.pos += contentBytes;
      const after = rest.slice(reader.pos);
      found = { contentBytes, before: new DataView(before.buffer), after: new DataView(after.buffer), beforeNone };
    } else reader.skipType(tag & 7, 0, tag >>> 3);
  }
  return isFloat && reader.pos === end && (found?.contentBytes ?? 1) % 4 === 0 ? found : undefined;
}

function readLength(reader: protobuf.Reader, limit: number): Length {
  const at = reader.pos;
  const value = reader.size();
  if (reader.pos + value > limit) throw new RangeError("a length beyond the end");
  return { at, width: reader.pos - at, value };
}
