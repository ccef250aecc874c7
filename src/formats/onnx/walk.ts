import { FormatError } from "../../core/errors.js";

/** Bytes that a walk needs next. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * A parser that never has the whole file: it asks for ranges and is given their bytes. It is pure and waits for nothing; whoever runs it may
 * read from a file or from memory.
 */
export type Walk<T> = Generator<Range, T, Uint8Array>;

/** The file that is walked, and the part of it that is at hand. */
export interface Walked {
  readonly file: string;
  readonly byteLength: number;
  window: Uint8Array;
  /** Where the window starts in the file. */
  at: number;
}

/** One field of a message. */
export interface Field {
  readonly number: number;
  /** Of the tag. */
  readonly start: number;
  /** Of what a length-delimited field holds, or of the value. */
  readonly content: number;
  readonly end: number;
  readonly delimited: boolean;
}

export const DAMAGED = { hint: "The file is truncated or damaged, or is not an ONNX model: fetch it again." } as const;

/** Read at a time: some hundred nodes, while the tensors between them are jumped over. */
const WINDOW_BYTES = 64 * 1024;

/** A tag and a length take ten bytes each at most. */
const MAX_PREFIX_BYTES = 20;

export function startWalk(file: string, byteLength: number): Walked {
  return { file, byteLength, window: new Uint8Array(), at: 0 };
}

/** Some bytes of the file, as a view of the window. */
export function* bytesAt(walked: Walked, start: number, end: number): Walk<Uint8Array> {
  if (start < walked.at || end > walked.at + walked.window.length) {
    const stop = Math.max(end, Math.min(start + WINDOW_BYTES, walked.byteLength));
    walked.window = yield { start, end: stop };
    walked.at = start;
  }
  return walked.window.subarray(start - walked.at, end - walked.at);
}

/** The field at a place of a message that ends at `end`. https://protobuf.dev/programming-guides/encoding/ */
export function* fieldAt(walked: Walked, start: number, end: number, message: string): Walk<Field> {
  const bytes = yield* bytesAt(walked, start, Math.min(start + MAX_PREFIX_BYTES, end));
  const fault = (expected: string, found: string) =>
    new FormatError({ file: walked.file, offset: start, field: message }, expected, found, DAMAGED);
  const tag = varint(bytes, 0);
  if (tag === undefined) throw fault("a field", "the end of the message, or a number beyond 2^53");
  const [number, type] = [Math.floor(tag.value / 8), tag.value % 8];
  const content = start + tag.length;
  const field = (from: number, to: number): Field => {
    if (number === 0 || to > end) {
      throw fault(
        `a field of at most ${end - from} bytes`,
        number === 0 ? "field 0" : `${to - from} bytes in field ${number}`,
      );
    }
    return { number, start, content: from, end: to, delimited: type === 2 };
  };
  if (type === 1) return field(content, content + 8);
  if (type === 5) return field(content, content + 4);
  const value = varint(bytes, tag.length);
  if (type !== 0 && type !== 2) throw fault("a field of type 0, 1, 2 or 5", `type ${type}`);
  if (value === undefined) throw fault("a number or a length", "the end of the message, or one beyond 2^53");
  const after = content + value.length;
  return type === 0 ? field(content, after) : field(after, after + value.value);
}

/** An unsigned integer in groups of seven bits, least significant first; undefined where it does not end, or is beyond 2^53. */
export function varint(
  bytes: Uint8Array,
  from: number,
): { readonly value: number; readonly length: number } | undefined {
  let value = 0;
  let scale = 1;
  for (let length = 1; length <= MAX_PREFIX_BYTES / 2; length++) {
    const byte = bytes[from + length - 1];
    if (byte === undefined) return undefined;
    value += (byte & 0x7f) * scale;
    if (!Number.isSafeInteger(value)) return undefined;
    if (byte < 0x80) return { value, length };
    scale *= 128;
  }
  return undefined;
}
