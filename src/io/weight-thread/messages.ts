import type { StepSums } from "../../core/float-kernels.js";
import type { StoredFloats } from "../../core/parameter-source.js";
import type { FilePlace } from "../../core/tensor-source.js";

/** What a thread is started with. */
export interface ThreadData {
  readonly kernels: WebAssembly.Module;
  readonly v8Flags: readonly string[];
}

/** What a thread is asked for. */
export type Job = FileToSave | FileToCopy | StepsToTake;

/** The parts one after another become a file. */
export interface FileToSave {
  readonly kind: "save";
  readonly path: string;
  readonly parts: readonly (MemoryPart | FloatsPart)[];
}

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

export interface FileToCopy {
  readonly kind: "copy";
  readonly from: string;
  readonly path: string;
}

export interface StepsToTake {
  readonly kind: "steps";
  readonly steps: readonly StepToTake[];
  /** Shared, one number for each step: 0 until one of the threads begins it. */
  readonly claims: Int32Array<SharedArrayBuffer>;
}

/** A power step over a weight [..., out] with its u [out]. */
export interface StepToTake {
  readonly out: number;
  readonly u: PlacedFloats;
  readonly weight: PlacedFloats;
}

/** A tensor's float32 values, side by side in a file of the disk. */
export interface PlacedFloats extends Pick<FilePlace, "file" | "offset"> {
  readonly byteLength: number;
  readonly crc32c: number;
}

/** Its answers, in the order of the jobs; steps are told one by one before they are done. */
export type Answer = FileWritten | StepTaken | { readonly kind: "done" } | JobFailure;

export interface FileWritten {
  readonly kind: "written";
  readonly bytes: number;
  readonly sha256: string;
  /** Milliseconds of each stage. */
  readonly costs: {
    readonly reading: number;
    readonly scaling: number;
    readonly hashing: number;
    readonly writing: number;
  };
}

export interface StepTaken {
  readonly kind: "step";
  /** Which of them. */
  readonly at: number;
  /** Undefined when something was wrong. */
  readonly sums: StepSums | undefined;
  /** Milliseconds of each stage. */
  readonly costs: { readonly reading: number; readonly verifying: number; readonly stepping: number };
}

/** What the system said. With `source` it is of a file that was read; `ended` where that is shorter than it was, in bytes. */
export interface JobFailure {
  readonly kind: "failed";
  readonly message: string;
  /** For a report of a fault of the program. */
  readonly stack?: string;
  readonly code?: string;
  readonly syscall?: string;
  readonly source?: string;
  readonly ended?: { readonly offset: number; readonly needed: number };
}
