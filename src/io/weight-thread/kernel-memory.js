// The float kernels of whoever does the jobs, and their memory.
const PAGE_BYTES = 65536;

let exports;
let all;

/** To be called once, before anything else: an instance of its own for each thread. */
export function useKernels(module) {
  if (exports !== undefined) return;
  exports = new WebAssembly.Instance(module).exports;
  all = new Uint8Array(exports.memory.buffer);
}

/** float-kernels.wat says what they do. */
export const kernels = () => exports;

/** The kernels' memory, of at least so many bytes. What was there before stays, in a new view. */
export function room(bytes) {
  const missing = Math.ceil((bytes - all.byteLength) / PAGE_BYTES);
  if (missing > 0) {
    exports.grow(missing);
    all = new Uint8Array(exports.memory.buffer);
  }
  return all;
}
