import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/**
 * The loops over weights are native or WebAssembly, and everything else is soon done: with V8's own budget (132 kB of bytecode), making faster code of
 * what comes by a few hundred times took a quarter of the processor time of a conversion. Loops that run for long cross this one as well.
 */
const EVERY_COMMAND = ["--interrupt-budget=600000"];

/**
 * A conversion is over when its heap has some 25 MB: marking it beside the work, on a processor that has work, is lost. Making faster code of still less
 * takes as long, and five megabytes less.
 */
const CONVERT = ["--interrupt-budget=4800000", "--no-incremental-marking", "--no-parallel-scavenge"];

/**
 * Left to itself the young generation grows to 32 MiB, all of which are touched once before a conversion is over; collecting 4 MiB eight times as often
 * takes no longer, as what survives is the same.
 */
const SMALL_YOUNG_GENERATION = "--semi-space-growth-factor=1";

let threadFlags: readonly string[] = [];

/** Sets V8 to how a command is done fastest. For a process that does nothing else: flags are the whole process's. */
export function tuneFor(command: string | undefined): void {
  // V8 prints an error for a flag that it does not know: these versions do.
  if (Number.parseInt(process.versions.node, 10) > 24) return;
  for (const flag of EVERY_COMMAND) setFlagsFromString(flag);
  if (command !== "convert") return;
  threadFlags = [SMALL_YOUNG_GENERATION];
  for (const flag of [...CONVERT, ...threadFlags]) setFlagsFromString(flag);
}

/** Gives back what is not needed any more, in some 8 ms: left to itself V8 waits until the heap has doubled, and by then the peak of a conversion has passed. */
export function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("globalThis.gc");
  // Compiled code is for programs with the same flags.
  setFlagsFromString("--no-expose-gc");
  if (typeof collect === "function") collect();
}

/** Those that a thread must set again: V8 mends a growth factor of 1 whenever it makes a heap. */
export function flagsToRepeat(): readonly string[] {
  return threadFlags;
}
