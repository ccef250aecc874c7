/**
 * Bytes that come in chunks of any size, given on in pieces of `length` (the last may be shorter): in one piece of memory that
 * is used again, or side by side in `into`. `total` is what all chunks hold.
 */
export async function* regroup(
  chunks: AsyncIterable<Uint8Array>,
  total: number,
  length: number,
  into: Uint8Array<ArrayBuffer> | undefined,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const memory = into === undefined ? new Uint8Array(Math.min(length, total)) : undefined;
  let begin = 0;
  let filled = 0;
  let piece = memory ?? into?.subarray(0, Math.min(length, total)) ?? new Uint8Array();
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; ) {
      const size = Math.min(length, total - begin);
      const part = chunk.subarray(at, at + size - filled);
      piece.set(part, filled);
      at += part.length;
      filled += part.length;
      if (filled < size) continue;
      yield piece.subarray(0, size);
      begin += size;
      filled = 0;
      piece = memory ?? into?.subarray(begin, Math.min(begin + length, total)) ?? piece;
    }
  }
}
