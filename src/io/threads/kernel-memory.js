// The float kernels of a thread, and their memory.
import { workerData } from "node:worker_threads";

const PAGE_BYTES = 65536;

const { memory, grow, ...loops } = new WebAssembly.Instance(workerData.kernels).exports;
let all = new Uint8Array(memory.buffer);

/** float-kernels.wat says what they do. */
export const { multiply, accumulate, round, powerStep } = loops;

/** The kernels' memory, of at least so many bytes. What was there before stays, in a new view. */
export function room(bytes) {
  const missing = Math.ceil((bytes - all.byteLength) / PAGE_BYTES);
  if (missing > 0) {
    grow(missing);
    all = new Uint8Array(memory.buffer);
  }
  return all;
}
