import type { TensorSliceOptions } from "../../core/tensor-source.js";
import type { ByteSource } from "../../io/byte-source.js";

/** Rows of one size that lie in a file with something else between them. */
export interface PlacedRows {
  readonly rowBytes: number;
  /** Where each begins. */
  readonly offsets: readonly number[];
}

/** Read at a time, with what is between the rows. */
const MOST_BYTES = 1024 * 1024;

/** What is between two rows of a table in a real graph are a hundred bytes; more is not read along. */
const MOST_BETWEEN = 4096;

/** Bytes `start` to `end` of the rows as if they stood one after another. Most of them are read in one go. */
export async function readRows(
  source: ByteSource,
  { rowBytes, offsets }: PlacedRows,
  [start, end]: readonly [start: number, end: number],
  { signal, into = new Uint8Array(end - start) }: TensorSliceOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const placeOf = (at: number) => (offsets[Math.floor(at / rowBytes)] ?? 0) + (at % rowBytes);
  const rowEnd = (at: number) => Math.min(end, at - (at % rowBytes) + rowBytes);
  for (let at = start; at < end; ) {
    const from = placeOf(at);
    let last = at;
    for (let next = rowEnd(at); next < end; next = rowEnd(next)) {
      const between = placeOf(next) - (placeOf(last) + rowEnd(last) - last);
      if (between < 0 || between > MOST_BETWEEN || placeOf(next) - from + rowBytes > MOST_BYTES) break;
      last = next;
    }
    const bytes = await source.slice(from, placeOf(last) + rowEnd(last) - last, { signal });
    for (; at <= last; at = rowEnd(at)) {
      const place = placeOf(at) - from;
      into.set(bytes.subarray(place, place + rowEnd(at) - at), at - start);
    }
  }
  return into.subarray(0, end - start);
}
