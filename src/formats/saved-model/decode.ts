import protobuf from "protobufjs/minimal.js";
import { FormatError, isPortError } from "../../core/errors.js";
import type { ContentsAside } from "./contents-aside.js";

/** The nodes, functions and graphs that a file may have, all together. The largest real module, loaded, counts 147,646 nodes; 2^20 leaves room. */
const MAX_ITEMS = 1 << 20;

/** The largest encoded attribute, signature or function header: decoding may take 50 times its bytes. Real ones have a few kilobytes. */
const MAX_SMALL_MESSAGE = 1 << 20;

/** The file that is being read, and how many more items it may hold. */
export interface DecodeContext {
  readonly file: string;
  readonly bytes: Uint8Array;
  /** What the file has and the bytes have not. */
  readonly contents?: ContentsAside | undefined;
  itemsLeft: number;
}

export function decodeContext(file: string, bytes: Uint8Array, contents?: ContentsAside): DecodeContext {
  return { file, bytes, contents, itemsLeft: MAX_ITEMS };
}

/** What messages about a place need. */
export type FilePlaces = Pick<DecodeContext, "file" | "bytes" | "contents">;

/** Runs a protobufjs decoder, giving what it throws as a {@link FormatError} that says where in the file it stopped. */
export function decodeMessage<T>(
  context: FilePlaces,
  bytes: Uint8Array,
  field: string,
  decode: (reader: protobuf.Reader) => T,
): T {
  const reader = protobuf.Reader.create(bytes);
  try {
    return decode(reader);
  } catch (error) {
    if (isPortError(error)) throw error;
    const start = bytes.buffer === context.bytes.buffer ? bytes.byteOffset - context.bytes.byteOffset : 0;
    const place = Math.max(0, start) + Math.min(reader.pos, bytes.byteLength);
    throw new FormatError(
      { file: context.file, offset: context.contents?.fileOffset(place) ?? place, field },
      "a well-formed protocol buffer",
      wordsOf(error),
      { hint: "The file is truncated or damaged: fetch it again.", cause: error },
    );
  }
}

/** What protobufjs says, without places: they are counted in what is decoded, not in the file. */
function wordsOf(error: unknown): string {
  const words = error instanceof Error ? error.message : String(error);
  return words.replace(/ at offset \d+$/, "").replace(/^index out of range: .*/, "a length beyond the end");
}

/** Like {@link decodeMessage}, for a message whose decoded form may be many times its bytes. */
export function decodeSmall<T>(
  context: FilePlaces,
  bytes: Uint8Array,
  field: string,
  decode: (reader: protobuf.Reader) => T,
): T {
  if (bytes.length > MAX_SMALL_MESSAGE) {
    throw new FormatError({ file: context.file, field }, `at most ${MAX_SMALL_MESSAGE} bytes`, `${bytes.length} bytes`);
  }
  return decodeMessage(context, bytes, field, decode);
}

/** Every occurrence of one length-delimited field, decoded in turn; the other fields are skipped. Counts against the file's items. */
export function decodeRepeated<T>(
  context: DecodeContext,
  bytes: Uint8Array,
  number: number,
  field: string,
  decode: (reader: protobuf.Reader, length: number) => T,
): T[] {
  const items: T[] = [];
  eachRepeated(context, bytes, number, field, (reader, length) => items.push(decode(reader, length)));
  return items;
}

/** The same, for whoever keeps something else of them. */
export function eachRepeated(
  context: DecodeContext,
  bytes: Uint8Array,
  number: number,
  field: string,
  decode: (reader: protobuf.Reader, length: number) => void,
): void {
  const lengthDelimited = (number << 3) | 2;
  decodeMessage(context, bytes, field, (reader) => {
    while (reader.pos < reader.len) {
      const tag = reader.tag();
      if (tag === lengthDelimited) {
        if (context.itemsLeft-- === 0) {
          throw new FormatError({ file: context.file, field }, `at most ${MAX_ITEMS} of them in one file`, "more");
        }
        decode(reader, reader.size());
      } else reader.skipType(tag & 7, 0, tag >>> 3);
    }
  });
}

/** The bytes of a length-delimited field that is being walked, as a view. */
export function viewOf(reader: protobuf.Reader, length: number): Uint8Array {
  const start = reader.pos;
  reader.skip(length);
  return reader.buf.subarray(start, start + length);
}
