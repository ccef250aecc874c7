import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { floatKernelModule } from "../core/float-kernels.js";
import { account } from "../core/timings.js";
import { endsEarly, unreadable } from "./file-source.js";
import type { FileToSave, FloatsPart, MemoryPart, SavedOrFailed, SavingFailure } from "./hashing-writer.worker.js";

export type { FloatsPart, MemoryPart } from "./hashing-writer.worker.js";

/** Writes files and takes their SHA-256 in threads of its own, so that both run beside the work that makes their bytes. */
export interface HashingWriter extends AsyncDisposable {
  /**
   * Makes a file of the parts, one after another, and gives its SHA-256, lower-case hex. Rejects with what the file system said, an Error with
   * `code` and `syscall`; with a {@link FormatError} for a part that cannot be read.
   */
  save(path: string, parts: readonly (MemoryPart | FloatsPart)[]): Promise<string>;
}

/** A second one writes while the first hashes; more would wait for the disk. */
const THREADS = Math.min(2, availableParallelism());

/** Starts the threads. Disposing it ends them at once: wait for what was saved before. */
export function openHashingWriter(): HashingWriter {
  const threads = Array.from({ length: THREADS }, startThread);
  return {
    save(path, parts) {
      const idlest = threads.reduce((least, one) => (one.waiting.length < least.waiting.length ? one : least));
      return idlest.save(path, parts);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(threads.map(({ worker }) => worker.terminate()));
    },
  };
}

interface Thread extends Pick<HashingWriter, "save"> {
  readonly worker: Worker;
  readonly waiting: readonly Waiting[];
}

interface Waiting {
  readonly resolve: (sha256: string) => void;
  readonly reject: (error: unknown) => void;
  /** All of the file, and those of them that lie in other files. */
  readonly bytes: number;
  readonly readBytes: number;
}

function startThread(): Thread {
  const workerData = { kernels: floatKernelModule() };
  const worker = new Worker(new URL("./hashing-writer.worker.js", import.meta.url), { workerData });
  const waiting: Waiting[] = [];
  worker.on("message", (answer: SavedOrFailed) => {
    const first = waiting.shift();
    if (first === undefined) return;
    if ("failed" in answer) return first.reject(faultOf(answer.failed));
    const { sha256, costs } = answer.saved;
    if (first.readBytes > 0) {
      account("read", costs.reading, first.readBytes);
      account("divide, round", costs.scaling, first.readBytes);
    }
    account("SHA-256", costs.hashing, first.bytes);
    account("write", costs.writing, first.bytes);
    first.resolve(sha256);
  });
  worker.on("error", (error) => {
    for (const { reject } of waiting.splice(0)) reject(error instanceof Error ? error : new Error(String(error)));
  });
  return {
    worker,
    waiting,
    save(path, parts) {
      return new Promise((resolve, reject) => {
        const bytesOf = (some: typeof parts) => some.reduce((sum, { start, end }) => sum + end - start, 0);
        const readBytes = bytesOf(parts.filter(({ memory }) => memory === undefined));
        waiting.push({ resolve, reject, bytes: bytesOf(parts), readBytes });
        const file: FileToSave = { path, parts };
        worker.postMessage(file);
      });
    },
  };
}

function faultOf(failed: SavingFailure): unknown {
  const { message, source, ended } = failed;
  if (source !== undefined && ended !== undefined) {
    return endsEarly(source, ended.offset, `at least ${ended.needed} bytes`);
  }
  const error = Object.assign(new Error(message), failed);
  return source === undefined ? error : unreadable(source, error);
}
