// Hashes and writes what it is sent, one file after another, beside the thread that makes it. Plain JavaScript, because a worker's script is not compiled.
import { createHash } from "node:crypto";
import { closeSync, openSync, writeSync } from "node:fs";
import { parentPort } from "node:worker_threads";

/** Small enough that what was hashed is still in the processor's cache when it is written. */
const PIECE_BYTES = 256 * 1024;

function save(path, bytes) {
  const sha256 = createHash("sha256");
  let hashing = 0;
  let writing = 0;
  const file = openSync(path, "w");
  try {
    for (let start = 0; start < bytes.byteLength; start += PIECE_BYTES) {
      const piece = bytes.subarray(start, start + PIECE_BYTES);
      const before = performance.now();
      sha256.update(piece);
      const hashed = performance.now();
      // One write may take less than it is given.
      for (let done = 0; done < piece.byteLength; ) done += writeSync(file, piece, done);
      hashing += hashed - before;
      writing += performance.now() - hashed;
    }
  } finally {
    closeSync(file);
  }
  return { sha256: sha256.digest("hex"), hashing, writing };
}

parentPort?.on("message", ({ path, memory, length }) => {
  try {
    parentPort?.postMessage({ saved: save(path, new Uint8Array(memory, 0, length)) });
  } catch (error) {
    // Copies of errors lose what the system said: its parts are sent.
    const { message, code, syscall } = error;
    parentPort?.postMessage({ failed: { message, code, syscall } });
  }
});
