import { FormatError } from "../core/errors.js";

/** Random access to bytes, wherever they live. The one thing a reader needs of a file, a blob or an HTTP range. */
export interface ByteSource {
  /** For messages: a path or a name inside an archive. */
  readonly name: string;
  readonly byteLength: number;
  /** Exactly `end - start` bytes, owned by the caller. Throws {@link FormatError} when the range leaves the source. */
  slice(start: number, end: number, options?: SliceOptions): Promise<Uint8Array<ArrayBuffer>>;
}

export interface SliceOptions {
  readonly signal?: AbortSignal | undefined;
  /** Memory to use instead of new, for readers of many slices: the result is a view of its beginning. */
  readonly into?: Uint8Array<ArrayBuffer> | undefined;
}

/** Refuses a range that a file claims but does not have, before any memory is taken for it. */
export function checkRange(
  source: Pick<ByteSource, "name" | "byteLength">,
  start: number,
  end: number,
  field: string,
): void {
  if (
    start < 0 ||
    end < start ||
    end > source.byteLength ||
    !Number.isSafeInteger(start) ||
    !Number.isSafeInteger(end)
  ) {
    throw new FormatError(
      { file: source.name, offset: start, field },
      `a range inside the ${source.byteLength} bytes of the file`,
      `bytes ${start} to ${end}`,
      { hint: "The file is truncated or damaged: fetch it again." },
    );
  }
}
