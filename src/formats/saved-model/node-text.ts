import type { Buffer } from "node:buffer";

/** Whether text is plain letters, which all names of TensorFlow are. */
export function isPlain(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if ((bytes[at] ?? 0) > 0x7f) return false;
  return true;
}

export type TextReader = (start: number, end: number) => string;

/** Reads UTF-8 between two places. Throws a TypeError for what is none. */
export function textReader(bytes: Uint8Array, buffer: Buffer): TextReader {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  return (start, end) =>
    isPlain(bytes, start, end) ? buffer.toString("latin1", start, end) : decoder.decode(bytes.subarray(start, end));
}

/** For few texts that come again and again: each is read once. */
export function repeatedText(bytes: Uint8Array, textOf: TextReader): TextReader {
  const known = new Map<number, { readonly start: number; readonly end: number; readonly text: string }>();
  return (start, end) => {
    let hash = end - start;
    for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + (bytes[at] ?? 0)) | 0;
    const found = known.get(hash);
    if (found !== undefined && isSame(bytes, found.start, found.end, start, end)) return found.text;
    const text = textOf(start, end);
    known.set(hash, { start, end, text });
    return text;
  };
}

function isSame(bytes: Uint8Array, start: number, end: number, otherStart: number, otherEnd: number): boolean {
  if (end - start !== otherEnd - otherStart) return false;
  for (let at = 0; at < end - start; at++) if (bytes[start + at] !== bytes[otherStart + at]) return false;
  return true;
}
