import { setFlagsFromString } from "node:v8";

/**
 * The loops over weights are native or WebAssembly, and everything else is soon done: with V8's own budget (132 kB of bytecode), making faster code of
 * what comes by a few hundred times took a quarter of the processor time of a conversion. Loops that run for long cross this one as well.
 */
const EVERY_COMMAND = ["--interrupt-budget=600000"];

/** A conversion is over when its heap has some 30 MB: marking it beside the work, on a processor that has work, is lost. */
const CONVERT = ["--no-incremental-marking", "--no-parallel-scavenge"];

/**
 * Left to itself the young generation grows to 32 MiB, all of which are touched once before a conversion is over; collecting 8 MiB four times as often
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

/** Those that a thread must set again: V8 mends a growth factor of 1 whenever it makes a heap. */
export function flagsToRepeat(): readonly string[] {
  return threadFlags;
}
