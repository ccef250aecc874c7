/** What the worker is sent: the first `length` bytes of `memory`, which it takes over, become a file. */
export interface FileToSave {
  readonly path: string;
  readonly memory: ArrayBuffer;
  readonly length: number;
}

/** Its answers, in the order of the files; the memory comes back with them. */
export type SavedOrFailed =
  | {
      readonly saved: { readonly sha256: string; readonly hashing: number; readonly writing: number };
      readonly memory: ArrayBuffer;
    }
  | { readonly failed: { readonly message: string; readonly code?: string; readonly syscall?: string } };
