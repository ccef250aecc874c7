import { elementCount, type Shape } from "../../core/tensor.js";
import type { Steps, Tensor64 } from "../../runtime/reference/tensor64.js";
import { type Call, create } from "./call.js";

/** Elements between two yields: some 100 microseconds. */
export const SLICE_ELEMENTS = 1 << 16;

/** One axis of a loop over several arrays: how far each moves in one step. */
export interface LoopAxis {
  readonly extent: number;
  readonly strides: readonly number[];
}

/** Distances between neighbours along each axis of a row-major tensor. */
export function rowMajorStrides(shape: Shape): number[] {
  const strides: number[] = [];
  let stride = 1;
  for (const extent of shape.toReversed()) {
    strides.unshift(stride);
    stride *= extent;
  }
  return strides;
}

/** The same loop with as few axes as possible: axes of one step go, neighbours that all arrays pass evenly become one. At least one is left. */
export function mergeAxes(axes: readonly LoopAxis[]): LoopAxis[] {
  const merged: LoopAxis[] = [];
  for (const axis of axes) {
    if (axis.extent === 1) continue;
    const outer = merged.at(-1);
    if (outer?.strides.every((stride, array) => stride === axis.extent * (axis.strides[array] ?? 0))) {
      merged[merged.length - 1] = { extent: outer.extent * axis.extent, strides: axis.strides };
    } else merged.push(axis);
  }
  const [first] = axes;
  return merged.length > 0 ? merged : [{ extent: 1, strides: first?.strides ?? [0, 0] }];
}

/** Visits the rows of a loop: `visit(offsets)` for each step of all axes but the last. Yields in between. */
export function* eachRow(axes: readonly LoopAxis[], visit: (offsets: readonly number[]) => void): Steps<void> {
  const outer = axes.slice(0, -1);
  const rowLength = axes.at(-1)?.extent ?? 1;
  const rows = elementCount(outer.map(({ extent }) => extent));
  const position = outer.map(() => 0);
  const offsets = (axes[0]?.strides ?? []).map(() => 0);
  let sinceYield = 0;
  for (let row = 0; row < rows; row++) {
    visit(offsets);
    sinceYield += rowLength + 1;
    if (sinceYield > SLICE_ELEMENTS) {
      sinceYield = 0;
      yield;
    }
    for (let axis = outer.length - 1; axis >= 0; axis--) {
      const { extent, strides } = outer[axis] ?? { extent: 1, strides: [] };
      const next = (position[axis] ?? 0) + 1;
      const wraps = next === extent;
      position[axis] = wraps ? 0 : next;
      const steps = wraps ? 1 - extent : 1;
      for (let array = 0; array < offsets.length; array++) {
        offsets[array] = (offsets[array] ?? 0) + steps * (strides[array] ?? 0);
      }
      if (!wraps) break;
    }
  }
}

/**
 * y of `shape` with y[i, j, …] = data[offset + i strides[0] + j strides[1] …]: every slice, transposition, repetition and interleaving is one of
 * these. Shares the data where that is all of it in order.
 */
export function* stridedCopy(
  call: Call,
  data: Float64Array<ArrayBuffer>,
  shape: Shape,
  strides: readonly number[],
  offset = 0,
): Steps {
  const own = rowMajorStrides(shape);
  const axes = mergeAxes(shape.map((extent, axis) => ({ extent, strides: [strides[axis] ?? 0, own[axis] ?? 0] })));
  const count = elementCount(shape);
  const inner = axes.at(-1);
  const stride = inner?.strides[0] ?? 0;
  const extent = inner?.extent ?? 1;
  if (axes.length === 1 && offset === 0 && count === data.length && (stride === 1 || count === 1))
    return { shape, data };
  const y = create(call, shape);
  if (count === 0) return y;
  const to = y.data;
  yield* eachRow(axes, ([from = 0, start = 0]) => {
    const first = offset + from;
    if (stride === 1 && extent > 16) to.set(data.subarray(first, first + extent), start);
    else for (let i = 0; i < extent; i++) to[start + i] = data[first + i * stride] ?? 0;
  });
  return y;
}

/** x repeated along its axes of extent 1 to a shape that it fits. */
export function broadcastTo(call: Call, x: Tensor64, shape: Shape): Steps {
  const strides = rowMajorStrides(x.shape);
  const missing = shape.length - x.shape.length;
  const repeated = shape.map((extent, axis) => {
    const own = x.shape[axis - missing] ?? 1;
    return own === 1 && extent !== 1 ? 0 : (strides[axis - missing] ?? 0);
  });
  return stridedCopy(call, x.data, shape, repeated);
}
