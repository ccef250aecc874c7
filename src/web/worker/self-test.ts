import type { Tensor } from "../../core/tensor.js";
import type { Engine, Row } from "../engines/engine.js";
import type { SelfTest } from "../types.js";
import type { Goldens } from "./model-source.js";

export interface SelfTestOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

/** What a back-end did on the goldens, and in words what is wrong with it. */
export type Verdict = SelfTest & { readonly reason?: string };

/** Draws the goldens and compares them; ends with the first that is off. Without goldens nothing is known, and everything passes. */
export async function selfTest(
  engine: Engine,
  goldens: Goldens | undefined,
  { signal, onProgress }: SelfTestOptions,
): Promise<Verdict> {
  if (goldens === undefined) return { cases: 0, worst: 0, bound: 0, passed: true };
  const { image, bound } = goldens;
  const total = image.shape[0] ?? 0;
  const size = image.data.length / total;
  let worst = 0;
  for (let index = 0; index < total; index++) {
    signal.throwIfAborted();
    const found = await engine.run(rowOf(goldens, index));
    const { difference, isNumber } = farthest(found, image.data.subarray(index * size, (index + 1) * size));
    worst = Math.max(worst, difference);
    onProgress(index + 1, total);
    if (isNumber && difference <= bound) continue;
    const off = isNumber ? `is off by ${difference.toPrecision(2)}` : "is not a number";
    const reason = `it draws wrong pictures: a pixel of test picture ${index + 1} of ${total} ${off}, and rounding explains ${bound} at most (black and white are 2 apart)`;
    return { cases: index + 1, worst, bound, passed: false, reason };
  }
  return { cases: total, worst, bound, passed: true };
}

/** The inputs of one picture, in the precision that the graph takes. */
export function rowOf({ z, y, truncation }: RowsOfInputs, index: number): Row {
  return { z: takeRow(z, index), y: takeRow(y, index), truncation: Math.fround(truncation[index] ?? 0) };
}

interface RowsOfInputs {
  readonly z: Tensor;
  readonly y: Tensor;
  readonly truncation: ArrayLike<number>;
}

/** A copy: it is handed to engines, which may keep it. */
function takeRow({ shape, data }: Tensor, index: number): Float32Array<ArrayBuffer> {
  const width = shape[1] ?? 0;
  return Float32Array.from(data.subarray(index * width, (index + 1) * width));
}

function farthest(found: Float32Array, wanted: ArrayLike<number>): { difference: number; isNumber: boolean } {
  let difference = 0;
  if (found.length !== wanted.length) return { difference, isNumber: false };
  for (let i = 0; i < found.length; i++) {
    const distance = Math.abs((found[i] ?? 0) - (wanted[i] ?? 0));
    if (Number.isNaN(distance)) return { difference, isNumber: false };
    if (distance > difference) difference = distance;
  }
  return { difference, isNumber: true };
}
