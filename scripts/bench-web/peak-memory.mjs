// Memory of a browser that this process started, from /proc (Linux).
import { descendants, parseStatus, processes, textOf } from "../bench/process-tree.mjs";

/**
 * The most bytes that ever were resident, by the kernel's own count: of the page's process, which its workers share, and of the GPU's. Of several
 * pages' processes (Chromium keeps a spare one) the larger counts.
 */
export function peakMemory() {
  const all = descendants(processes(), process.pid).map((pid) => ({
    type: kindOf(textOf(pid, "cmdline")),
    bytes: parseStatus(textOf(pid, "status")).highest,
  }));
  const most = (wanted) => Math.max(0, ...all.filter(({ type }) => type === wanted).map(({ bytes }) => bytes));
  return { pageBytes: most("renderer"), gpuBytes: most("gpu-process") };
}

/** `renderer`, `gpu-process`, …; undefined for what is none of Chromium's helpers, which write spaces where others have zeros. */
export function kindOf(commandLine) {
  return /[\0 ]--type=([\w-]+)/.exec(commandLine)?.[1];
}
