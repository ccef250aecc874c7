import { BackendError } from "../../core/errors.js";
import type { NamedTensor } from "./page/message.js";

/** One image's work for the place where a model runs. */
export interface Job {
  /** Nodes to hand out, in this order. */
  readonly nodes: readonly string[];
  /** The model's inputs, one image. */
  readonly feeds: readonly NamedTensor[];
}

/** Hands jobs to whoever asks next and the answers back to whoever waits for them; one at a time, in order. */
export interface Exchange {
  /** The values of the job's nodes. Rejects when the exchange is over. */
  submit(job: Job): Promise<readonly NamedTensor[]>;
  /** The next job; `undefined` when none came in `patience` ms, "ended" when none will come. */
  next(patience: number): Promise<Job | undefined | "ended">;
  /** The answer to the job handed out last. */
  complete(values: readonly NamedTensor[]): void;
  /** Ends it: what waits is rejected with `reason`, and so is what comes. The first reason stays. */
  end(reason: Error): void;
  /** Settles when it ends; never rejects. */
  readonly ended: Promise<Error>;
}

interface Waiting {
  readonly job: Job;
  readonly resolve: (values: readonly NamedTensor[]) => void;
  readonly reject: (reason: Error) => void;
}

export function createExchange(backend: string): Exchange {
  const queue: Waiting[] = [];
  let current: Waiting | undefined;
  let reason: Error | undefined;
  let wake: () => void = () => undefined;
  let announceEnd: (reason: Error) => void = () => undefined;
  const ended = new Promise<Error>((resolve) => {
    announceEnd = resolve;
  });

  function end(why: Error): void {
    if (reason !== undefined) return;
    reason = why;
    current?.reject(why);
    for (const { reject } of queue.splice(0)) reject(why);
    wake();
    announceEnd(why);
  }

  return {
    ended,
    end,
    submit: (job) =>
      new Promise((resolve, reject) => {
        if (reason !== undefined) {
          reject(reason);
          return;
        }
        queue.push({ job, resolve, reject });
        wake();
      }),
    async next(patience) {
      if (queue.length === 0 && reason === undefined) await pause(patience, (awake) => (wake = awake));
      if (reason !== undefined) return "ended";
      if (current !== undefined) {
        end(new BackendError(`${backend}: asked for work before it had answered`));
        return "ended";
      }
      current = queue.shift();
      return current?.job;
    },
    complete(values) {
      const answered = current;
      current = undefined;
      answered?.resolve(values);
    },
  };
}

/** Waits until woken, or for so many milliseconds. */
function pause(patience: number, onWake: (wake: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, patience);
    onWake(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
