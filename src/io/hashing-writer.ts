import { Worker } from "node:worker_threads";
import { account } from "../core/timings.js";
import type { FileToSave, SavedOrFailed } from "./hashing-writer.worker.js";

/** Writes files and takes their SHA-256 in a thread of its own, so that both run beside the work that makes their bytes. */
export interface HashingWriter extends AsyncDisposable {
  /**
   * Makes a file of the first `length` bytes and gives its SHA-256, lower-case hex. The memory is shared with the thread: it must stay as it is until then.
   * Rejects with what the file system said, an Error with `code` and `syscall`.
   */
  save(path: string, memory: SharedArrayBuffer, length: number): Promise<string>;
}

interface Waiting {
  readonly resolve: (sha256: string) => void;
  readonly reject: (error: Error) => void;
  readonly bytes: number;
}

/** Starts the thread. Disposing it ends the thread at once: wait for what was saved before. */
export function openHashingWriter(): HashingWriter {
  const worker = new Worker(new URL("./hashing-writer.worker.js", import.meta.url));
  const waiting: Waiting[] = [];
  worker.on("message", (answer: SavedOrFailed) => {
    const first = waiting.shift();
    if (first === undefined) return;
    if ("failed" in answer) return first.reject(Object.assign(new Error(answer.failed.message), answer.failed));
    const { sha256, hashing, writing } = answer.saved;
    account("SHA-256", hashing, first.bytes);
    account("write", writing, first.bytes);
    first.resolve(sha256);
  });
  worker.on("error", (error) => {
    for (const { reject } of waiting.splice(0)) reject(error instanceof Error ? error : new Error(String(error)));
  });

  return {
    save(path, memory, length) {
      return new Promise((resolve, reject) => {
        waiting.push({ resolve, reject, bytes: length });
        const file: FileToSave = { path, memory, length };
        worker.postMessage(file);
      });
    },
    async [Symbol.asyncDispose]() {
      await worker.terminate();
    },
  };
}
