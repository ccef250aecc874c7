/** What the thread is started with. */
export interface ThreadData {
  readonly path: string;
  readonly byteLength: number;
  /** Most that libhdf5 may take. */
  readonly heapBytes: number;
}

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
