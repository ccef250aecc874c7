import type { FloatArray, Shape } from "../core/tensor.js";
import type { Computation, Transform } from "./mapping.js";
import { type FixedMove, isFixed, isMove, moved, movedShape } from "./moves.js";
import { spectralNorm, spectralNormOfRows, storedSpectralNorm } from "./spectral-norm.js";

/** Reads another tensor of the source, whole. */
export type ReadFloats = (tensor: string) => Promise<FloatArray>;

/** A tensor after its transforms: its numbers in their new order, as they were stored, and what each is to be divided by. */
export interface Transformed {
  readonly values: FloatArray;
  /** 1 when nothing was computed; NaN or 0 for a weight that has no norm. */
  readonly divisor: number;
}

/** Takes a tensor through its transforms, in order. Holds two copies of it at a time. */
export async function transformed(
  stored: FloatArray,
  shape: Shape,
  transforms: readonly Transform[],
  read: ReadFloats,
): Promise<Transformed> {
  let values = stored;
  let extents = shape;
  let divisor = 1;
  for (const transform of transforms) {
    if (!isMove(transform)) divisor *= await divisorOf(values, transform, read);
    else if (isFixed(transform)) {
      values = moveAny(values, extents, transform);
      extents = movedShape(extents, transform) ?? extents;
    } else throw new Error(`mapping: ${transform.op} was not resolved`);
  }
  return { values, divisor };
}

/** The numbers after a move that fits, in an array of their own and of the same type. */
export function moveAny(values: FloatArray, shape: Shape, move: FixedMove): FloatArray {
  return values instanceof Float32Array
    ? moved(values, shape, move, (length) => new Float32Array(length))
    : moved(values, shape, move, (length) => new Float64Array(length));
}

async function divisorOf(values: FloatArray, transform: Computation, read: ReadFloats): Promise<number> {
  if (transform.op !== "divideByCount") return await sigmaOf(values, transform, read);
  const [count = 0] = await read(transform.count);
  return count > 0 ? count : 1;
}

/** What a spectral norm divides a weight by; the weight has the order of axes that it has at that step. */
export async function sigmaOf(
  values: FloatArray,
  transform: Exclude<Computation, { readonly op: "divideByCount" }>,
  read: ReadFloats,
): Promise<number> {
  const u = await read(transform.u);
  if (transform.op === "storedSpectralNorm") return storedSpectralNorm(values, u, await read(transform.v));
  const { epsilon, guard = "inside-root", out = "last" } = transform;
  return out === "last" ? spectralNorm(values, u, epsilon, guard) : spectralNormOfRows(values, u, epsilon, guard);
}
