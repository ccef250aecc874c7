// What the thread does: one job after another. Plain JavaScript, as all that it loads, because a worker's script is not compiled; messages.ts says what goes
// to and fro.
import { setFlagsFromString } from "node:v8";
import { parentPort, workerData } from "node:worker_threads";
import { useKernels } from "./kernel-memory.js";
import { takeSteps } from "./take-steps.js";
import { write } from "./write-file.js";

for (const flag of workerData.v8Flags) setFlagsFromString(flag);
useKernels(workerData.kernels);

const answer = (message) => parentPort?.postMessage(message);

function work(job) {
  if (job.kind !== "steps") return write(job);
  takeSteps(job, answer);
  return { kind: "done" };
}

parentPort?.on("message", (job) => {
  try {
    answer(work(job));
  } catch (error) {
    // Copies of errors lose what the system said: its parts are sent.
    const { message, stack, code, syscall, source, ended } = error;
    answer({ kind: "failed", message, stack, code, syscall, source, ended });
  }
});
