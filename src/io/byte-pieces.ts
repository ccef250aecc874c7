import { PIECE_BYTES, type PieceOptions } from "../core/tensor-source.js";
import type { ByteSource } from "./byte-source.js";

/**
 * The bytes from `start` to `end` in order, about {@link PIECE_BYTES} at a time, cut at multiples of `unit`. A piece is valid
 * until the next is asked for: all of them are in one piece of memory, or side by side in the memory that is given.
 */
export async function* bytePieces(
  source: ByteSource,
  start: number,
  end: number,
  { signal, unit = 1, into }: PieceOptions = {},
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const length = Math.min(end - start, unit * Math.max(1, Math.floor(PIECE_BYTES / unit)));
  const memory = into ?? new Uint8Array(length);
  for (let at = start; at < end; at += length) {
    const place = into === undefined ? memory : memory.subarray(at - start);
    yield await source.slice(at, Math.min(at + length, end), { signal, into: place });
  }
}
