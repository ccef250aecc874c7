// Runs libhdf5 for one file: a damaged file can make it trap, loop or ask for gigabytes, and here it can be stopped without harm.
// Plain JavaScript, because a worker's script is not compiled.
import { openSync, readSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { openLibrary } from "./libhdf5.js";

const { path, byteLength, heapBytes } = workerData;
// Node closes it when the thread ends.
const descriptor = openSync(path, "r");

const answerTo = await openLibrary({
  byteLength,
  heapBytes,
  readAt: (memory, offset, length, position) => readSync(descriptor, memory, offset, length, position),
});

parentPort.on("message", (question) => {
  const answer = answerTo(question);
  parentPort.postMessage(answer, answer.memory === undefined ? [] : [answer.memory]);
});
