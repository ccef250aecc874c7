import { float32Pieces, type ParameterSource } from "../core/parameter-source.js";
import type { ReadOptions } from "../core/tensor-source.js";

/** Equally many values of two parameters, from the same position in both. Valid until the next pair is asked for. */
export interface PiecePair {
  readonly start: number;
  readonly a: Float32Array;
  readonly b: Float32Array;
}

/** Two parameters side by side, in pieces as long as both sources allow: neither is held. Ends with the shorter. */
export async function* pairedPieces(
  a: ParameterSource,
  b: ParameterSource,
  name: string,
  options: ReadOptions = {},
): AsyncGenerator<PiecePair> {
  const [left, right] = [cursor(a, name, options), cursor(b, name, options)];
  try {
    for (let start = 0; ; ) {
      const length = Math.min((await left.rest()).length, (await right.rest()).length);
      if (length === 0) return;
      yield { start, a: left.take(length), b: right.take(length) };
      start += length;
    }
  } finally {
    await Promise.all([left.close(), right.close()]);
  }
}

/** Reads on where the last taking ended. */
function cursor(source: ParameterSource, name: string, options: ReadOptions) {
  const pieces = float32Pieces(source, name, options);
  let rest = new Float32Array(0);
  return {
    /** What is left of the current piece, or the next one; empty at the end. */
    async rest(): Promise<Float32Array> {
      while (rest.length === 0) {
        const next = await pieces.next();
        if (next.done) break;
        rest = next.value;
      }
      return rest;
    },
    take(length: number): Float32Array {
      const taken = rest.subarray(0, length);
      rest = rest.subarray(length);
      return taken;
    },
    close: () => pieces.return(undefined),
  };
}
