import { throwIfAborted } from "../../core/errors.js";
import type { ParameterSource } from "../../core/parameter-source.js";
import { weightByteLength } from "../../formats/tfjs/graph-model.js";
import type { TfjsWeight } from "../../lowering/tfjs-emitter.js";
import { weightBytes, weightPieces } from "../../lowering/tfjs-weights.js";
import { weightsHash } from "./weights-hash.js";

export interface HashOptions {
  readonly signal: AbortSignal | undefined;
  /** Bytes of weights, as lowered. */
  readonly onProgress: (bytes: number, total: number) => void;
}

export function weightsTotal(weights: readonly TfjsWeight[]): number {
  return weights.reduce((sum, weight) => sum + weightByteLength(weight), 0);
}

/** Reads all weights once, a piece at a time: their checksums are verified and each number looked at before any is used. */
export async function hashWeights(
  weights: readonly TfjsWeight[],
  parameters: ParameterSource,
  { signal, onProgress }: HashOptions,
): Promise<string> {
  const total = weightsTotal(weights);
  const hash = weightsHash();
  let done = 0;
  for (const weight of weights) {
    for await (const piece of weightPieces(weight, parameters, { signal })) {
      throwIfAborted(signal);
      hash.add(piece);
      done += piece.byteLength;
      onProgress(done, total);
    }
  }
  return hash.digest();
}

/** The weights in their order, each whole; no more than one is held here. */
export function weightStream(weights: readonly TfjsWeight[], parameters: ParameterSource): ReadableStream<ArrayBuffer> {
  const rest = weights.values();
  return new ReadableStream<ArrayBuffer>(
    {
      async pull(controller) {
        const { value: weight, done } = rest.next();
        if (done) return controller.close();
        controller.enqueue((await weightBytes(weight, parameters)).buffer);
      },
    },
    { highWaterMark: 0 },
  );
}
