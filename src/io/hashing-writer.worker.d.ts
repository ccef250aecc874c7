/** What the worker is sent: the first `length` bytes of `memory` become a file. */
export interface FileToSave {
  readonly path: string;
  readonly memory: SharedArrayBuffer;
  readonly length: number;
}

/** Its answers, in the order of the files. */
export type SavedOrFailed =
  | { readonly saved: { readonly sha256: string; readonly hashing: number; readonly writing: number } }
  | { readonly failed: { readonly message: string; readonly code?: string; readonly syscall?: string } };
