import type { WebGenerator } from "../index.js";
import { isAbort } from "./words.js";

/** Pictures to be drawn. */
export interface Job {
  /** Equal keys mean equal pictures. */
  readonly key: string;
  /** How many pictures it makes. */
  readonly count: number;
  /** Makes room for the pictures. */
  prepare(): void;
  run(generator: WebGenerator, options: RunOptions): Promise<void>;
}

export interface RunOptions {
  readonly signal: AbortSignal;
  readonly onTime: (milliseconds: number) => void;
}

export interface ArtistEvents {
  /** All pictures of the job are there. */
  onDone(job: Job): void;
  onTime(milliseconds: number): void;
  /** Drawing failed, which leaves the tiles empty. */
  onError(error: unknown): void;
}

/** Draws the latest job and no other: a newer one stops an older one. */
export interface Artist {
  /** Nothing happens when this is what is drawn, or was drawn last. */
  want(job: Job): void;
  /** Nothing is to be drawn: all is there. */
  rest(): void;
  /** From now on pictures come from this generator; undefined stops. */
  use(generator: WebGenerator | undefined): void;
}

/** A slider that is dragged starts no more drawings than this allows. */
const THROTTLE_MS = 120;

export function createArtist(events: ArtistEvents): Artist {
  let generator: WebGenerator | undefined;
  let wanted: Job | undefined;
  let running: AbortController | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let startedAt = Number.NEGATIVE_INFINITY;

  function schedule(): void {
    clearTimeout(timer);
    const wait = Math.max(0, startedAt + THROTTLE_MS - performance.now());
    timer = setTimeout(() => void start(), wait);
  }

  async function start(): Promise<void> {
    const job = wanted;
    if (generator === undefined || job === undefined) return;
    startedAt = performance.now();
    const controller = new AbortController();
    running = controller;
    const { signal } = controller;
    try {
      await job.run(generator, { signal, onTime: events.onTime });
      if (!signal.aborted) events.onDone(job);
    } catch (error) {
      if (signal.aborted || isAbort(error)) return;
      wanted = undefined;
      events.onError(error);
    }
  }

  function stop(): void {
    clearTimeout(timer);
    running?.abort();
    running = undefined;
  }

  return {
    want(job) {
      if (job.key === wanted?.key) return;
      stop();
      wanted = job;
      job.prepare();
      if (generator !== undefined) schedule();
    },
    rest() {
      stop();
      wanted = undefined;
    },
    use(next) {
      stop();
      generator = next;
      wanted = undefined;
    },
  };
}
