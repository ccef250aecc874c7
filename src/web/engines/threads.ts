/** onnxruntime's own limit: more were not faster. */
const MAX_THREADS = 4;

/** How many threads onnxruntime shall have: half of the logical processors, which share their units in pairs; of two, both. One where the page may not share memory. */
export function threadCount(): number {
  if (!globalThis.crossOriginIsolated) return 1;
  const processors = navigator.hardwareConcurrency || 1;
  return processors <= 2 ? processors : Math.min(MAX_THREADS, Math.ceil(processors / 2));
}

/** `WebAssembly, 2 threads` */
export function describeThreads(count: number): string {
  return `WebAssembly, ${count} thread${count === 1 ? "" : "s"}`;
}
