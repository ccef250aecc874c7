import type { Buffer } from "node:buffer";
import { hashOf, isSame } from "./name-index.js";

const HIGH_BITS = 0x80808080;

/** Whether text is ASCII, which all names of TensorFlow are. */
export function isPlain(bytes: DataView, start: number, end: number): boolean {
  let at = start;
  for (; at + 4 <= end; at += 4) if ((bytes.getInt32(at) & HIGH_BITS) !== 0) return false;
  for (; at < end; at++) if (bytes.getUint8(at) > 0x7f) return false;
  return true;
}

export type TextReader = (start: number, end: number) => string;

/** Reads UTF-8 between two places. Throws a TypeError for what is none. */
export function textReader(bytes: DataView, buffer: Buffer): TextReader {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  return (start, end) =>
    isPlain(bytes, start, end) ? buffer.toString("latin1", start, end) : decoder.decode(buffer.subarray(start, end));
}

/** For few texts that come again and again: each is read once. */
export function repeatedText(bytes: DataView, textOf: TextReader): TextReader {
  const known = new Map<number, { readonly start: number; readonly end: number; readonly text: string }>();
  return (start, end) => {
    const hash = hashOf(bytes, start, end);
    const found = known.get(hash);
    const length = end - start;
    const isKnown =
      found !== undefined && found.end - found.start === length && isSame(bytes, found.start, bytes, start, length);
    if (isKnown) return found.text;
    const text = textOf(start, end);
    known.set(hash, { start, end, text });
    return text;
  };
}
