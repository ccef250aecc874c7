import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { floatKernelModule, type StepSums } from "../../core/float-kernels.js";
import { account } from "../../core/timings.js";
import { endsEarly, unreadable } from "../file-source.js";
import type {
  Answer,
  FileToSave,
  FileWritten,
  Job,
  JobFailure,
  StepsToTake,
  StepTaken,
  StepToTake,
  ThreadData,
} from "./messages.js";

export type { FloatsPart, MemoryPart, PlacedFloats, StepToTake } from "./messages.js";

/** Threads for the long loops over weights, beside the one that finds out what is to be done. Disposing them ends them at once, whatever they do. */
export interface WeightThreads extends AsyncDisposable {
  /** Starts those that are not there yet, which takes them a while: for files that will come soon. */
  startAll(): void;
  /**
   * Makes a file of the parts, one after another, and gives its SHA-256, lower-case hex. Rejects with what the file system said, an Error with
   * `code` and `syscall`; with a {@link FormatError} for a part that cannot be read.
   */
  save(path: string, parts: FileToSave["parts"]): Promise<string>;
  /** Makes a file of the bytes of another one. Rejects with what the file system said. */
  copy(from: string, path: string): Promise<Pick<FileWritten, "bytes" | "sha256">>;
  /** Begins to take power steps, in their order. */
  takeSteps(steps: readonly StepToTake[]): StepsUnderWay;
}

export interface StepsUnderWay {
  /** What a step comes to, when it is known or will be; undefined when it is the caller's to take: not begun yet, or something is wrong with it. */
  sums(at: number): Promise<StepSums | undefined>;
}

/** A second one writes while the first hashes; more would wait for the disk. */
const THREADS = Math.min(2, availableParallelism());

/** A step that nobody has begun; that the caller has. The threads' own are another number. */
const FREE = 0;
const CALLERS = 2;

/** Starts a thread; the others when there is work for them, or will be soon. */
export function openWeightThreads(): WeightThreads {
  const threads = [startThread()];

  function startAll(): void {
    while (threads.length < THREADS) threads.push(startThread());
  }

  function begin(job: Job, waiting: Waiting): void {
    if (threads.every((thread) => thread.waiting.length > 0)) startAll();
    const idlest = threads.reduce((least, one) => (one.waiting.length < least.waiting.length ? one : least));
    idlest.begin(job, waiting);
  }

  function written(job: Job): Promise<FileWritten> {
    return new Promise((resolve, fail) => {
      begin(job, {
        fail,
        hear(answer) {
          if (answer.kind === "written") resolve(answer);
        },
      });
    });
  }

  return {
    startAll,
    async save(path, parts) {
      const { bytes, sha256, costs } = await written({ kind: "save", path, parts });
      const length = (some: typeof parts) => some.reduce((sum, { start, end }) => sum + end - start, 0);
      const readBytes = length(parts.filter(({ memory }) => memory === undefined));
      if (readBytes > 0) {
        account("read", costs.reading, readBytes);
        account("divide, round", costs.scaling, readBytes);
      }
      account("SHA-256", costs.hashing, bytes);
      account("write", costs.writing, bytes);
      return sha256;
    },
    async copy(from, path) {
      const { bytes, sha256 } = await written({ kind: "copy", from, path });
      return { bytes, sha256 };
    },
    takeSteps(steps) {
      const claims = new Int32Array(new SharedArrayBuffer(steps.length * Int32Array.BYTES_PER_ELEMENT));
      const job: StepsToTake = { kind: "steps", steps, claims };
      const settle: ((sums: StepSums | undefined) => void)[] = [];
      const answers = steps.map((_, at) => new Promise<StepSums | undefined>((resolve) => (settle[at] = resolve)));
      begin(job, {
        // Threads that have ended leave their steps to the caller.
        fail() {
          for (const resolve of settle) resolve(undefined);
        },
        hear(answer) {
          if (answer.kind !== "step") return;
          accountStep(answer, steps[answer.at]);
          settle[answer.at]?.(answer.sums);
        },
      });
      return {
        async sums(at) {
          const before = Atomics.compareExchange(claims, at, FREE, CALLERS);
          return before === FREE || before === CALLERS ? undefined : await answers[at];
        },
      };
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(threads.map(({ worker }) => worker.terminate()));
    },
  };
}

/** Does work with threads that are given, or with some of its own. When it fails they have ended, and nothing is written any more. */
export async function withThreads<T>(
  given: WeightThreads | undefined,
  work: (threads: WeightThreads) => Promise<T>,
): Promise<T> {
  const threads = given ?? openWeightThreads();
  let isDone = false;
  try {
    const result = await work(threads);
    isDone = true;
    return result;
  } finally {
    if (!isDone || given === undefined) await threads[Symbol.asyncDispose]();
  }
}

function accountStep({ costs }: StepTaken, step: StepToTake | undefined): void {
  const bytes = step?.weight.byteLength ?? 0;
  account("read", costs.reading, bytes);
  account("CRC-32C", costs.verifying, bytes);
  account("spectral norm", costs.stepping, bytes);
}

/** Who has asked for a job. */
interface Waiting {
  hear(answer: Answer): void;
  fail(error: unknown): void;
}

interface Thread {
  readonly worker: Worker;
  readonly waiting: readonly Waiting[];
  begin(job: Job, waiting: Waiting): void;
}

function startThread(): Thread {
  const workerData: ThreadData = { kernels: floatKernelModule() };
  const worker = new Worker(new URL("./worker.js", import.meta.url), { workerData });
  const waiting: Waiting[] = [];
  worker.on("message", (answer: Answer) => {
    const first = answer.kind === "step" ? waiting[0] : waiting.shift();
    if (answer.kind === "failed") first?.fail(faultOf(answer));
    else first?.hear(answer);
  });
  let ended: unknown;
  const end = (error: unknown) => {
    ended ??= error;
    for (const { fail } of waiting.splice(0)) fail(ended);
  };
  worker.on("error", end);
  worker.on("exit", () => end(new Error("the thread has ended")));
  return {
    worker,
    waiting,
    begin(job, who) {
      if (ended !== undefined) return who.fail(ended);
      waiting.push(who);
      worker.postMessage(job);
    },
  };
}

function faultOf(failure: JobFailure): unknown {
  const { message, source, ended } = failure;
  if (source !== undefined && ended !== undefined) {
    return endsEarly(source, ended.offset, `at least ${ended.needed} bytes`);
  }
  const error = Object.assign(new Error(message), failure);
  return source === undefined ? error : unreadable(source, error);
}
