import type { StoredFloats } from "../core/parameter-source.js";

/** Bytes in memory that is shared with the thread: they must stay as they are until the file is saved. */
export interface MemoryPart {
  readonly memory: SharedArrayBuffer;
  readonly start: number;
  readonly end: number;
}

/** Bytes `start` to `end` of values that lie in other files. */
export interface FloatsPart {
  readonly memory?: undefined;
  readonly floats: StoredFloats;
  readonly start: number;
  readonly end: number;
}

/** What the worker is sent: the parts one after another become a file. */
export interface FileToSave {
  readonly path: string;
  readonly parts: readonly (MemoryPart | FloatsPart)[];
}

/** Milliseconds of each stage. */
export interface SavingCosts {
  readonly reading: number;
  readonly scaling: number;
  readonly hashing: number;
  readonly writing: number;
}

/** What the system said. With `source` it is of a file that was read; `ended` where that is shorter than it was, in bytes. */
export interface SavingFailure {
  readonly message: string;
  readonly code?: string;
  readonly syscall?: string;
  readonly source?: string;
  readonly ended?: { readonly offset: number; readonly needed: number };
}

/** Its answers, in the order of the files. */
export type SavedOrFailed =
  | { readonly saved: { readonly sha256: string; readonly costs: SavingCosts } }
  | { readonly failed: SavingFailure };
