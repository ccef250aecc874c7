#!/usr/bin/env node
import { main } from "../dist/cli/main.js";

// A reader that has seen enough (`| head`) is no fault: the work goes on to its end.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error) => {
    if (error.code !== "EPIPE") throw error;
  });
}

process.exitCode = await main(process.argv.slice(2));
