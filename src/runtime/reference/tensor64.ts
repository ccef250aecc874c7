import { BackendError } from "../../core/errors.js";
import { elementCount, formatShape, type Shape, type Tensor } from "../../core/tensor.js";

/** A dense row-major array in float64. Kernels never write to their inputs, so a reshape may share the data. */
export interface Tensor64 extends Tensor {
  readonly data: Float64Array<ArrayBuffer>;
}

/**
 * A long computation in slices: it yields every few milliseconds, so that its runner can give the event loop a turn and
 * stop when asked. Use `finish` (async) or `finishNow` (sync) to get the result.
 */
export type Steps<T = Tensor64> = Generator<void, T, void>;

export function zeros(shape: Shape): Tensor64 {
  try {
    return { shape, data: new Float64Array(elementCount(shape)) };
  } catch (cause) {
    const gib = ((elementCount(shape) * 8) / 2 ** 30).toFixed(1);
    throw new BackendError(`reference: expected ${gib} GiB of memory for ${formatShape(shape)}, found less`, {
      cause,
      hint: "Use a smaller batch.",
    });
  }
}

/** A tensor of the same shape with `f` of each element. */
export function mapElements(x: Tensor64, f: (value: number) => number): Tensor64 {
  return { shape: x.shape, data: x.data.map(f) };
}

/** The last axis, and how many rows of that length the tensor has. */
export function rowsOf(x: Tensor64): { readonly rows: number; readonly width: number } {
  const width = x.shape.at(-1) ?? 1;
  return { rows: width === 0 ? 0 : x.data.length / width, width };
}

/** [n, h, w, c] */
export function imageOf({ shape }: Tensor64): { n: number; h: number; w: number; c: number } {
  const [n, h, w, c] = shape;
  if (n === undefined || h === undefined || w === undefined || c === undefined) throw rankError(4, shape);
  return { n, h, w, c };
}

/** [n, positions, width] */
export function sequenceOf({ shape }: Tensor64): { n: number; positions: number; width: number } {
  const [n, positions, width] = shape;
  if (n === undefined || positions === undefined || width === undefined) throw rankError(3, shape);
  return { n, positions, width };
}

/** The graph's builder fixes every rank, so this is a fault of the program, not of a file. */
function rankError(rank: number, shape: Shape): Error {
  return new Error(`reference: expected a tensor of rank ${rank}, found shape ${formatShape(shape)}`);
}
