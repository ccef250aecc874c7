import { PIECE_BYTES, type PieceOptions } from "../core/tensor-source.js";
import type { ByteSource } from "./byte-source.js";

/**
 * The bytes from `start` to `end` in order, about {@link PIECE_BYTES} at a time, cut at multiples of `unit`. A piece is valid
 * until the next is asked for: all of them are in one piece of memory.
 */
export async function* bytePieces(
  source: ByteSource,
  start: number,
  end: number,
  { signal, unit = 1 }: PieceOptions = {},
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const length = Math.min(end - start, unit * Math.max(1, Math.floor(PIECE_BYTES / unit)));
  const memory = new Uint8Array(length);
  for (let at = start; at < end; at += length) {
    yield await source.slice(at, Math.min(at + length, end), { signal, into: memory });
  }
}
