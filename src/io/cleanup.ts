import { rmdirSync, rmSync } from "node:fs";
import { rm, rmdir } from "node:fs/promises";
import process from "node:process";

/** Something on disk that must not outlive the work, or the process. */
export interface Temporary {
  readonly path: string;
  /** Removes it now, with the folders that were made for it where they are empty. Safe to call twice. */
  remove(): Promise<void>;
  /** It has become a result: leave it. */
  keep(): void;
}

interface Entry {
  readonly path: string;
  /** Folders made on the way to `path`, deepest first. */
  readonly madeFolders: readonly string[];
}

const entries = new Set<Entry>();

/** Windows refuses to remove what a virus scanner has open; a few tries are enough. Elsewhere never used. */
const REMOVE = { recursive: true, force: true, maxRetries: 3 } as const;

/**
 * Takes charge of a path (which need not exist yet) until it is removed or kept. When the process ends before that, through
 * `process.exit` or a fatal error, it is removed then; a signal that kills the process outright leaves it.
 */
export function trackTemporary(path: string, madeFolders: readonly string[] = []): Temporary {
  const entry = { path, madeFolders };
  if (entries.size === 0) process.on("exit", removeAll);
  entries.add(entry);

  function keep(): void {
    if (entries.delete(entry) && entries.size === 0) process.off("exit", removeAll);
  }

  async function remove(): Promise<void> {
    if (!entries.has(entry)) return;
    await rm(path, REMOVE);
    for (const folder of madeFolders) await rmdir(folder).catch(() => undefined);
    keep();
  }

  return { path, remove, keep };
}

/** Exit hooks must be synchronous, and one failure must not stop the next removal. */
function removeAll(): void {
  for (const { path, madeFolders } of entries) {
    attempt(() => rmSync(path, REMOVE));
    for (const folder of madeFolders) attempt(() => rmdirSync(folder));
  }
}

function attempt(action: () => void): void {
  try {
    action();
  } catch {
    // The process is ending: there is nobody left to tell.
  }
}
