import { FormatError, InterruptedError, throwIfAborted } from "../../core/errors.js";
import { unreadable } from "../../io/file-source.js";
import { DAMAGED } from "./fields.js";
import type { Answer, Entry, Question } from "./libhdf5.js";
import { startHdf5Worker } from "./start-hdf5-worker.js";

/** libhdf5 at work on one file, in a thread that ends with it. */
export interface Hdf5Thread extends AsyncDisposable {
  /** Every link of the file. */
  index(options: AskOptions): Promise<readonly Entry[]>;
  /** Boxes of a dataset, one behind the other; numbers are little-endian. */
  read(
    question: Omit<Question & { readonly kind: "read" }, "kind">,
    options: AskOptions,
  ): Promise<Uint8Array<ArrayBuffer>>;
}

export interface AskOptions {
  readonly signal?: AbortSignal | undefined;
}

/** What libhdf5 may take: room for a slab and for a chunk of the largest size, packed and unpacked, which it enlarges by doubling. */
const HEAP_BYTES = 384 * 1024 * 1024;

/** A hundred times as many as the largest model has datasets. */
const MAX_LINKS = 100_000;

/** Starts the thread. Throws nothing; failures come with the answers. Disposing it ends the thread at once. */
export function openHdf5Thread(file: string, byteLength: number, timeLimit: number): Hdf5Thread {
  /** Why there will be no more answers. */
  let ended: string | undefined;
  let answered: (answer: Answer) => void = () => undefined;
  const fail = (reason: string) => {
    ended ??= reason;
    answered({ failed: ended });
  };
  const worker = startHdf5Worker({
    file,
    byteLength,
    heapBytes: HEAP_BYTES,
    onAnswer: (answer) => answered(answer),
    onEnd: fail,
  });

  function answerTo(question: Question): Promise<Answer> {
    return new Promise((resolve) => {
      if (ended !== undefined) return resolve({ failed: ended });
      const timer = setTimeout(() => {
        fail(`no answer within ${timeLimit / 1000} s`);
        void worker.end();
      }, timeLimit);
      answered = (answer) => {
        clearTimeout(timer);
        resolve(answer);
      };
      worker.ask(question);
    });
  }

  let last: Promise<unknown> = Promise.resolve();

  /** One question at a time, so that each has the whole time limit. */
  async function ask(question: Question, field: string, { signal }: AskOptions): Promise<Answer> {
    throwIfAborted(signal);
    const coming = last.then(() => answerTo(question));
    last = coming;
    const answer = await unlessAborted(coming, signal);
    if (!("failed" in answer)) return answer;
    const { failed, name, isTrap, system } = answer;
    if (isTrap) {
      ended ??= failed;
      await worker.end();
    }
    if (system !== undefined) throw unreadable(file, Object.assign(new Error(), system));
    const place = { file, field: name === undefined ? field : `object ${name}` };
    throw new FormatError(place, "HDF5 that libhdf5 can read", failed, DAMAGED);
  }

  return {
    async index(options) {
      const answer = await ask({ kind: "index", maxLinks: MAX_LINKS }, "groups", options);
      return "entries" in answer ? answer.entries : [];
    },
    async read(question, options) {
      const answer = await ask({ kind: "read", ...question }, `dataset ${question.name}`, options);
      return new Uint8Array("memory" in answer ? answer.memory : new ArrayBuffer());
    },
    async [Symbol.asyncDispose]() {
      ended ??= "the file was closed";
      await worker.end();
    },
  };
}

/** libhdf5 cannot be interrupted: it works on, but nobody waits for it. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(new InterruptedError());
    signal?.addEventListener("abort", abort);
    void work.then(resolve, reject).finally(() => signal?.removeEventListener("abort", abort));
  });
}
