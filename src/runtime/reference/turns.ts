import { throwIfAborted } from "../../core/errors.js";
import type { Steps } from "./tensor64.js";

/** How long a computation may keep the event loop to itself: Ctrl-C feels instant below 100 ms. */
const TURN_MS = 30;

/** Gives the event loop a turn when one is due. `signal` is looked at after each turn: InterruptedError. */
export interface Turns {
  due(): boolean;
  take(): Promise<void>;
}

/** When it had its last turn: many short computations, one after another, keep it to themselves as a long one does. */
let last = 0;

export function createTurns(signal: AbortSignal | undefined): Turns {
  return {
    due: () => performance.now() - last >= TURN_MS,
    async take() {
      await new Promise((resolve) => setTimeout(resolve, 0));
      throwIfAborted(signal);
      last = performance.now();
    },
  };
}

/** Runs a sliced computation to its end, with turns for the event loop in between. */
export async function finish<T>(steps: Steps<T>, turns: Turns): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (turns.due()) await turns.take();
  }
}

/** Runs a sliced computation to its end in one go. */
export function finishNow<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
