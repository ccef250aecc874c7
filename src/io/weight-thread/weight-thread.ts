import { setImmediate as nextTurn } from "node:timers";
import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { Worker } from "node:worker_threads";
import { floatKernelModule, type StepSums } from "../../core/float-kernels.js";
import { account } from "../../core/timings.js";
import { endsEarly, unreadable } from "../file-source.js";
import { useKernels } from "./kernel-memory.js";
import type {
  Answer,
  FileToCopy,
  FileToSave,
  FileWritten,
  Job,
  JobFailure,
  StepsToTake,
  StepTaken,
  StepToTake,
  ThreadData,
} from "./messages.js";
import { closeFiles } from "./read-file.js";
import { write } from "./write-file.js";

export type { FloatsPart, MemoryPart, PlacedFloats, StepToTake } from "./messages.js";

/** A thread for the long loops over weights, beside the one that finds out what is to be done and helps with the files. Disposing it ends it at once, whatever it does. */
export interface WeightThread extends AsyncDisposable {
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

/** Files that wait for the thread; with more, this one would only wait, and does the next itself. */
const MOST_WAITING = 3;

/** A step that nobody has begun; that the caller has. The thread's own are another number. */
const FREE = 0;
const CALLERS = 2;

/** Starts a thread. `v8Flags`, which are the whole process's, are set until it runs, and by itself then: V8 sets some of them back when it makes a thread's heap. */
export function openWeightThread(v8Flags: readonly string[] = []): WeightThread {
  const thread = startThread(v8Flags);
  const files: FileWaiting[] = [];
  let isSharing = false;

  /** Hands files to the thread as long as few wait for it, and writes one here when that is not so. In between it is heard what the thread has done. */
  async function share(): Promise<void> {
    if (isSharing) return;
    isSharing = true;
    for (let next = files.shift(); next !== undefined; next = files.shift()) {
      if (thread.waiting.length < MOST_WAITING) {
        thread.begin(next.job, next);
        continue;
      }
      writeHere(next);
      await setImmediate();
    }
    isSharing = false;
  }

  function written(job: FileToSave | FileToCopy): Promise<FileWritten> {
    return new Promise((resolve, fail) => {
      files.push({ job, fail, hear: (answer) => (answer.kind === "written" ? resolve(answer) : undefined) });
      void share();
    });
  }

  return {
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
      thread.begin(job, {
        // A thread that has ended leaves its steps to the caller.
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
      await thread.worker.terminate();
      closeFiles();
    },
  };
}

/** Does work with a thread that is given, or with one of its own. When it fails the thread has ended, and nothing is written any more. */
export async function withThread<T>(
  given: WeightThread | undefined,
  work: (thread: WeightThread) => Promise<T>,
): Promise<T> {
  const thread = given ?? openWeightThread();
  let isDone = false;
  try {
    const result = await work(thread);
    isDone = true;
    return result;
  } finally {
    if (!isDone || given === undefined) await thread[Symbol.asyncDispose]();
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

interface FileWaiting extends Waiting {
  readonly job: FileToSave | FileToCopy;
}

function writeHere({ job, hear, fail }: FileWaiting): void {
  try {
    useKernels(floatKernelModule());
    hear(write(job));
  } catch (error) {
    fail(faultOf(error instanceof Error ? error : new Error(String(error))));
  }
}

interface Thread {
  readonly worker: Worker;
  readonly waiting: readonly Waiting[];
  begin(job: Job, waiting: Waiting): void;
}

function startThread(v8Flags: readonly string[]): Thread {
  const workerData: ThreadData = { kernels: floatKernelModule(), v8Flags };
  const worker = new Worker(new URL("./worker.js", import.meta.url), { workerData });
  holdFlags(v8Flags, worker);
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

/** Sets flags at each turn of the event loop until a thread runs, which then does so itself: its heap is made at some time before. */
function holdFlags(flags: readonly string[], worker: Worker): void {
  let isRunning = flags.length === 0;
  const stop = () => {
    isRunning = true;
  };
  worker.once("online", stop).once("exit", stop);
  const hold = () => {
    if (isRunning) return;
    for (const flag of flags) setFlagsFromString(flag);
    nextTurn(hold);
  };
  hold();
}

/** What went wrong, in the words of whoever was asked to read or to write; a fault of the program keeps its stack, also that of the thread. */
function faultOf(failure: Omit<JobFailure, "kind">): unknown {
  const { message, source, ended } = failure;
  if (source !== undefined && ended !== undefined) {
    return endsEarly(source, ended.offset, `at least ${ended.needed} bytes`);
  }
  const error = failure instanceof Error ? failure : Object.assign(new Error(message), failure);
  return source === undefined ? error : unreadable(source, error);
}
