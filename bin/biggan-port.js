#!/usr/bin/env node
import { main, tuneFor } from "../dist/cli/main.js";

// A reader that has seen enough (`| head`) is no fault: the work goes on to its end.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error) => {
    if (error.code !== "EPIPE") throw error;
  });
}

// Tuned when all is loaded, and not before: what has been compiled is of no use to a V8 with other flags.
process.exitCode = await main(process.argv.slice(2), tuneFor);
