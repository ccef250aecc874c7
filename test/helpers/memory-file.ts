import { type ByteSource, checkRange } from "../../src/io/byte-source.js";
import type { FileSource } from "../../src/io/file-source.js";

/** Bytes as an open file, for parsers that are given many. */
export function memoryFile(name: string, bytes: Uint8Array): FileSource {
  const { byteLength } = bytes;
  const slice: ByteSource["slice"] = async (start, end, { into } = {}) => {
    checkRange({ name, byteLength }, start, end, "bytes");
    const place = into?.subarray(0, end - start) ?? new Uint8Array(end - start);
    place.set(bytes.subarray(start, end));
    return place;
  };
  const sliceNow: FileSource["sliceNow"] = (start, end) => {
    checkRange({ name, byteLength }, start, end, "bytes");
    return new Uint8Array(bytes.subarray(start, end));
  };
  return { name, byteLength, slice, sliceNow, [Symbol.asyncDispose]: async () => undefined };
}
