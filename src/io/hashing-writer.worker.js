// Hashes and writes what it is sent, one file after another, beside the thread that makes it. Plain JavaScript, because a worker's script is not compiled.
import { createHash } from "node:crypto";
import { closeSync, openSync, writeSync } from "node:fs";
import { parentPort } from "node:worker_threads";

/** One write may take less than it is given. */
function writeWhole(path, bytes) {
  const file = openSync(path, "w");
  try {
    for (let done = 0; done < bytes.byteLength; ) done += writeSync(file, bytes, done);
  } finally {
    closeSync(file);
  }
}

function save(path, bytes) {
  const start = performance.now();
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const hashed = performance.now();
  writeWhole(path, bytes);
  return { sha256, hashing: hashed - start, writing: performance.now() - hashed };
}

parentPort?.on("message", ({ path, memory, length }) => {
  try {
    const saved = save(path, new Uint8Array(memory, 0, length));
    parentPort?.postMessage({ saved, memory }, [memory]);
  } catch (error) {
    // Copies of errors lose what the system said: its parts are sent.
    const { message, code, syscall } = error;
    parentPort?.postMessage({ failed: { message, code, syscall } });
  }
});
