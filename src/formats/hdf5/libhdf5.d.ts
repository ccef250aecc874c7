export interface LibraryOptions {
  readonly byteLength: number;
  /** Most that libhdf5 may take. */
  readonly heapBytes: number;
  /** Reads the file from `position` on, as Node's `readSync` does; gives how many bytes. */
  readonly readAt: (memory: Uint8Array, offset: number, length: number, position: number) => number;
}

/** Takes the thread over: its console and the growth of its WebAssembly memories. Gives what answers questions, which throws nothing. */
export function openLibrary(options: LibraryOptions): Promise<(question: Question) => Answer>;

export type Question =
  | { readonly kind: "index"; readonly maxLinks: number }
  /** Boxes of a dataset; `bytes` is of all together. */
  | {
      readonly kind: "read";
      readonly name: string;
      readonly boxes: readonly {
        readonly offset: readonly number[];
        readonly count: readonly number[];
        readonly bytes: number;
      }[];
      readonly bytes: number;
    };

/** A link of the file, and what it leads to. */
export type Entry =
  | { readonly kind: "group"; readonly name: string }
  /** Of no use here, but not damaged. */
  | { readonly kind: "left"; readonly name: string; readonly reason: string }
  | DatasetEntry;

export interface DatasetEntry {
  readonly kind: "dataset";
  readonly name: string;
  /** Null for a dataspace of nothing. */
  readonly shape: readonly number[] | null;
  readonly chunks: readonly number[] | null;
  /** Bytes of an element. */
  readonly size: number;
  readonly filters: readonly { readonly id: number; readonly name: string }[];
  /** Of its header, counted from the file's base. */
  readonly address: number;
}

/** What the system said, when it was not the file's fault. */
export interface SystemFailure {
  readonly message: string;
  readonly code: string;
  readonly syscall: string;
}

export type Answer = { readonly entries: readonly Entry[] } | { readonly memory: ArrayBuffer } | Failure;

export interface Failure {
  readonly failed: string;
  /** The object that cannot be read, when it is known. */
  readonly name?: string;
  /** libhdf5 was stopped in the middle of something, and must not be asked again. */
  readonly isTrap?: boolean;
  readonly system?: SystemFailure | undefined;
}
