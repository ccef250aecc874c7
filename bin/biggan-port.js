#!/usr/bin/env node
import { setFlagsFromString } from "node:v8";

// The loops over weights are native or WebAssembly, and everything else is soon done: with V8's own budget (132 kB of bytecode), making faster code of
// what comes by a few hundred times took a quarter of the processor time of a conversion. Loops that run for long cross this one as well.
// V8 prints an error for a flag that it does not know: these versions do.
if (Number.parseInt(process.versions.node, 10) <= 24) setFlagsFromString("--interrupt-budget=600000");
const { main } = await import("../dist/cli/main.js");

// A reader that has seen enough (`| head`) is no fault: the work goes on to its end.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error) => {
    if (error.code !== "EPIPE") throw error;
  });
}

process.exitCode = await main(process.argv.slice(2));
