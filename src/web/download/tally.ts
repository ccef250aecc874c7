import type { LoadProgress } from "../types.js";
import type { ListedFile } from "./manifest.js";

/** One progress over all files. A file that is fetched again does not count twice, so it never goes back. */
export interface Tally {
  /** Was kept from an earlier visit. */
  kept(file: ListedFile): void;
  /** So many bytes of it have arrived. */
  arrived(file: ListedFile, bytes: number): void;
}

/** Often enough for the eye; messages to the page are not free. */
const INTERVAL_MS = 40;

/** Reports at once that nothing is there, then as bytes come in, and when the last is there. */
export function createTally(files: readonly ListedFile[], report: (progress: LoadProgress) => void): Tally {
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const most = new Map<string, number>();
  let bytes = 0;
  let fromCache = 0;
  let last = Number.NEGATIVE_INFINITY;

  function tell(): void {
    const now = performance.now();
    if (bytes < total && now - last < INTERVAL_MS) return;
    last = now;
    report({ stage: "download", bytes, total, fromCache });
  }

  function count(path: string, reached: number): number {
    const more = reached - (most.get(path) ?? 0);
    if (more <= 0) return 0;
    most.set(path, reached);
    bytes += more;
    return more;
  }

  report({ stage: "download", bytes, total, fromCache });
  return {
    kept(file) {
      const more = count(file.path, file.bytes);
      fromCache += more;
      if (more > 0) tell();
    },
    arrived(file, reached) {
      if (count(file.path, reached) > 0) tell();
    },
  };
}
