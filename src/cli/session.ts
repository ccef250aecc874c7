import { InterruptedError } from "../core/errors.js";
import { createProgress, type Progress } from "./progress.js";

/** What every command has at hand: where to print, whether to show progress, and the signal that Ctrl-C raises. */
export interface Session {
  readonly json: boolean;
  readonly signal: AbortSignal;
  /** Whether the one document has been printed: an error that follows must not print a second one. */
  readonly documented: boolean;
  /** A line of the result, on stdout; nothing under --json. */
  print(line?: string): void;
  /** A remark on stderr (warnings, what was written); nothing under --quiet. */
  note(line: string): void;
  /** The result as one JSON document on stdout; nothing without --json. */
  document(value: unknown): void;
  /** A bar on a terminal, one line at the end elsewhere; nothing under --quiet. */
  progress(title: string, unit?: "bytes" | "steps"): Progress;
}

export interface SessionOptions {
  readonly json: boolean;
  readonly quiet: boolean;
}

export function createSession({ json, quiet }: SessionOptions, signal: AbortSignal): Session {
  let documented = false;
  return {
    json,
    signal,
    get documented() {
      return documented;
    },
    print: (line = "") => {
      if (!json) process.stdout.write(`${line}\n`);
    },
    note: (line) => {
      if (!quiet) process.stderr.write(`${line}\n`);
    },
    document: (value) => {
      documented = true;
      if (json) process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
    },
    progress: (title, unit = "bytes") => createProgress(title, !quiet, unit),
  };
}

/**
 * Runs `work` with a signal that the first Ctrl-C (or SIGTERM) aborts, so that it can put things back; a second one ends the
 * process at once, with the exit hooks removing temporary files.
 */
export async function withInterrupts<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(new InterruptedError().exitCode);
    controller.abort(new InterruptedError());
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  try {
    return await work(controller.signal);
  } finally {
    process.off("SIGINT", onSignal);
    process.off("SIGTERM", onSignal);
  }
}
