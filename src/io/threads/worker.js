// What a weight thread does: it saves files, copies them, and takes power steps, one job after another. Plain JavaScript, because a worker's script is not
// compiled; messages.ts says what goes to and fro.
import { parentPort } from "node:worker_threads";
import { copy, save } from "./save.js";
import { takeSteps } from "./take-steps.js";

const answer = (message) => parentPort?.postMessage(message);

function work({ kind, ...job }) {
  if (kind === "steps") {
    takeSteps(job, (step) => answer({ kind: "step", ...step }));
    return { kind: "done" };
  }
  return { kind: "written", ...(kind === "copy" ? copy(job) : save(job)) };
}

parentPort?.on("message", (job) => {
  try {
    answer(work(job));
  } catch (error) {
    // Copies of errors lose what the system said: its parts are sent.
    const { message, code, syscall, source, ended } = error;
    answer({ kind: "failed", message, code, syscall, source, ended });
  }
});
