import { Worker } from "node:worker_threads";
import type { Answer, Question } from "./libhdf5.js";

/** The thread of libhdf5. Browsers have another: src/web/platform/start-hdf5-worker.ts. */
export interface Hdf5Worker {
  ask(question: Question): void;
  /** Ends it at once, whatever it does. */
  end(): Promise<void>;
}

export interface Hdf5WorkerOptions {
  readonly file: string;
  readonly byteLength: number;
  /** Most that libhdf5 may take. */
  readonly heapBytes: number;
  readonly onAnswer: (answer: Answer) => void;
  /** There will be no more answers. */
  readonly onEnd: (reason: string) => void;
}

/** What the thread takes beside libhdf5: its JavaScript, and the names of all links. */
const SCRIPT_MEGABYTES = 256;

/** Starts the thread on one file. Throws nothing. */
export function startHdf5Worker({ file, byteLength, heapBytes, onAnswer, onEnd }: Hdf5WorkerOptions): Hdf5Worker {
  const worker = new Worker(new URL("./hdf5.worker.js", import.meta.url), {
    workerData: { path: file, byteLength, heapBytes },
    resourceLimits: { maxOldGenerationSizeMb: SCRIPT_MEGABYTES },
  });
  worker.on("message", onAnswer);
  worker.on("error", (error) => onEnd(error instanceof Error ? error.message : String(error)));
  worker.on("exit", () => onEnd("the reader has ended"));
  return {
    ask: (question) => worker.postMessage(question),
    async end() {
      await worker.terminate();
    },
  };
}
