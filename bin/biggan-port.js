#!/usr/bin/env node
import { setFlagsFromString } from "node:v8";
import { main } from "../dist/cli/main.js";

/**
 * The loops over weights are native or WebAssembly, and everything else is soon done: with V8's own budget (132 kB of bytecode), making faster code of
 * what comes by a few hundred times took a quarter of the processor time of a conversion. Loops that run for long cross this one as well.
 */
const EVERY_COMMAND = ["--interrupt-budget=600000"];

/** A conversion is over when its heap has some 30 MB: marking it beside the work, on a processor that has work, is lost. */
const CONVERT = ["--no-incremental-marking", "--no-parallel-scavenge"];

function tuneFor(command) {
  // V8 prints an error for a flag that it does not know: these versions do.
  if (Number.parseInt(process.versions.node, 10) > 24) return;
  for (const flag of [...EVERY_COMMAND, ...(command === "convert" ? CONVERT : [])]) setFlagsFromString(flag);
}

// A reader that has seen enough (`| head`) is no fault: the work goes on to its end.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error) => {
    if (error.code !== "EPIPE") throw error;
  });
}

// Not before: what Node has compiled of its own modules is of no use to a V8 with other flags.
process.exitCode = await main(process.argv.slice(2), tuneFor);
