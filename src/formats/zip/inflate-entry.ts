import { Inflate } from "fflate";
import { FormatError } from "../../core/errors.js";
import { quoteName, type ZipEntry } from "./zip-directory.js";

/** Deflate's best is 258 bytes from 2 bits (RFC 1951, section 3.2.5): a claim above it is a lie whatever the bytes are. */
const MAX_DEFLATE_RATIO = 1032;

/** A step of this size inflates to at most 66 MB, and is judged before the next. */
export const STEP_BYTES = 64 * 1024;

/** Two steps in a row may yield nothing (a stored block of 64 KiB that straddles them); more is a stream that only pretends. */
const MAX_SILENT_STEPS = 4;

/** Gives what the next bytes of the entry inflate to; `last` says that no more come. Never more in all than the entry claims. */
export type InflateStep = (packed: Uint8Array, last: boolean) => readonly Uint8Array[];

/** Inflates an entry, {@link STEP_BYTES} at a time. A stream that is damaged, or not of the claimed size, is a {@link FormatError}. */
export function entryInflater(file: string, entry: ZipEntry): InflateStep {
  const { name, header: offset, compressedSize, uncompressedSize: claimed } = entry;
  const fail = (expected: string, found: string, cause?: unknown): never => {
    const field = `${quoteName(name)}: deflated data`;
    throw new FormatError({ file, offset, field }, expected, found, { cause });
  };
  const most = compressedSize * MAX_DEFLATE_RATIO;
  if (claimed > most) fail(`at most ${most} bytes from ${compressedSize}`, `a claim of ${claimed}`);
  let chunks: Uint8Array[] = [];
  let total = 0;
  let silent = 0;
  const stream = new Inflate((chunk) => {
    total += chunk.length;
    if (total > claimed) fail(`the ${claimed} bytes claimed`, "more");
    if (chunk.length > 0) chunks.push(chunk);
  });
  return (packed, last) => {
    chunks = [];
    try {
      stream.push(packed, last);
    } catch (cause) {
      if (cause instanceof FormatError) throw cause;
      fail("a deflate stream", cause instanceof Error ? cause.message : "a damaged one", cause);
    }
    silent = chunks.length === 0 ? silent + 1 : 0;
    if (silent > MAX_SILENT_STEPS) fail("a deflate stream", `${silent * STEP_BYTES} bytes that yield nothing`);
    if (last && total !== claimed) fail(`the ${claimed} bytes claimed`, `${total}`);
    return chunks;
  };
}
