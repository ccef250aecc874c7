import { systemError } from "./system-error.js";

/** The bytes of a file of the virtual disk. Reading is synchronous, as the readers need it. */
export interface FileContent {
  readonly byteLength: number;
  /** Fills `bytes` from `position` on; gives how many there were. */
  read(bytes: Uint8Array, position: number): number;
  /** Adds bytes at the end. */
  append(bytes: Uint8Array): void;
  /** Gives back what holds the bytes. They cannot be read any more. */
  remove(): Promise<void>;
  /** What was dropped, for threads of their own. */
  readonly blob?: Blob;
}

/** A file in memory, for browsers that keep no files. */
export function memoryContent(): FileContent {
  let chunks: Uint8Array[] = [];
  let byteLength = 0;
  return {
    get byteLength() {
      return byteLength;
    },
    read(bytes, position) {
      let start = 0;
      let done = 0;
      for (const chunk of chunks) {
        const from = position + done - start;
        start += chunk.length;
        if (from >= chunk.length) continue;
        if (done === bytes.length) break;
        const part = chunk.subarray(from, from + bytes.length - done);
        bytes.set(part, done);
        done += part.length;
      }
      return done;
    },
    append(bytes) {
      chunks.push(bytes.slice());
      byteLength += bytes.length;
    },
    async remove() {
      chunks = [];
      byteLength = 0;
    },
  };
}

/** One read of a dropped file: each asks the browser's own process, and headers are read in tiny pieces. */
const BLOCK_BYTES = 1024 * 1024;

/**
 * A dropped file, read only, a block at a time: it is never held whole. In workers alone, for nothing else reads synchronously. A file that was
 * changed or taken away since it was dropped is an error of the system (EIO).
 */
export function blobContent(path: string, blob: Blob): FileContent {
  const reader = new FileReaderSync();
  let block = new Uint8Array();
  let blockStart = 0;

  function load(start: number, length: number): void {
    try {
      block = new Uint8Array(reader.readAsArrayBuffer(blob.slice(start, start + Math.max(length, BLOCK_BYTES))));
      blockStart = start;
    } catch (cause) {
      throw systemError("EIO", "read", path, cause);
    }
  }

  return {
    blob,
    byteLength: blob.size,
    read(bytes, position) {
      const length = Math.max(0, Math.min(bytes.length, blob.size - position));
      if (position < blockStart || position + length > blockStart + block.length) load(position, length);
      bytes.set(block.subarray(position - blockStart, position - blockStart + length));
      return length;
    },
    append() {
      throw systemError("EACCES", "write", path);
    },
    async remove() {
      block = new Uint8Array();
    },
  };
}
