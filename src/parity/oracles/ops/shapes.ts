import { elementCount, formatShape, type Shape } from "../../../core/tensor.js";
import type { Tensor64 } from "../../../runtime/reference/tensor64.js";
import { broadcastShape } from "../broadcast.js";
import {
  axisOf,
  type Call,
  checkSize,
  create,
  integer,
  integers,
  type Kernels,
  listOf,
  operand,
  refuse,
  scalar,
  scalarTensor,
} from "../call.js";
import { broadcastTo } from "../strided.js";

function vector(values: readonly number[]): Tensor64 {
  return { shape: [values.length], data: Float64Array.from(values) };
}

/** The same numbers in another shape. */
function reshaped(call: Call, x: Tensor64, shape: Shape): Tensor64 {
  if (elementCount(shape) === x.data.length && shape.every((extent) => extent >= 0)) return { shape, data: x.data };
  return refuse(call, `a shape for the ${x.data.length} elements of ${formatShape(x.shape)}`, formatShape(shape));
}

/** One extent may be -1: what is left. */
function reshape(call: Call): Tensor64 {
  const x = operand(call, 0);
  const shape = integers(call, 1);
  const open = shape.indexOf(-1);
  if (open < 0) return reshaped(call, x, shape);
  const others = elementCount(shape.filter((_, axis) => axis !== open));
  return reshaped(call, x, shape.with(open, others === 0 ? 0 : x.data.length / others).map(whole));
}

/** What is left need not be whole: then the shape does not fit. */
function whole(extent: number): number {
  return Number.isInteger(extent) ? extent : -1;
}

function expandDims(call: Call): Tensor64 {
  const x = operand(call, 0);
  const axis = axisOf(call, integer(call, 1), x.shape.length + 1);
  return { shape: x.shape.toSpliced(axis, 0, 1), data: x.data };
}

/** Without the axes named, or without all axes of extent 1. */
function squeeze(call: Call): Tensor64 {
  const x = operand(call, 0);
  const named = (listOf(call, "squeeze_dims") ?? listOf(call, "axis") ?? []).map((a) =>
    axisOf(call, a, x.shape.length),
  );
  const goes = (extent: number, axis: number) => (named.length === 0 ? extent === 1 : named.includes(axis));
  return reshaped(
    call,
    x,
    x.shape.filter((extent, axis) => !goes(extent, axis)),
  );
}

function fill(call: Call): Tensor64 {
  const y = create(call, integers(call, 0));
  y.data.fill(scalar(call, 1));
  return y;
}

/** A range counts axes or entries of a batch: this is far beyond both. */
const MAX_RANGE = 2 ** 24;

/** start, start + delta, … up to limit, without it. */
function range(call: Call): Tensor64 {
  const [start, limit, delta] = [scalar(call, 0), scalar(call, 1), scalar(call, 2)];
  const count = Math.max(0, Math.ceil((limit - start) / delta));
  if (!(count <= MAX_RANGE)) refuse(call, `at most ${MAX_RANGE} elements`, `${start} to ${limit} by ${delta}`);
  return { shape: [count], data: Float64Array.from({ length: count }, (_, i) => start + i * delta) };
}

/** Shapes and sizes, and what makes tensors from them. */
export const SHAPES: Kernels = {
  Shape: (call) => vector(operand(call, 0).shape),
  ShapeN: ({ inputs }) => inputs.map(({ shape }) => vector(shape)),
  Size: (call) => scalarTensor(operand(call, 0).data.length),
  Rank: (call) => scalarTensor(operand(call, 0).shape.length),
  Reshape: reshape,
  ExpandDims: expandDims,
  Squeeze: squeeze,
  Fill: fill,
  Range: range,
  BroadcastTo: (call) => {
    const x = operand(call, 0);
    const shape = integers(call, 1);
    checkSize(call, shape);
    const fits = formatShape(broadcastShape(call, x.shape, shape)) === formatShape(shape);
    return fits
      ? broadcastTo(call, x, shape)
      : refuse(call, `a shape that ${formatShape(x.shape)} fits`, formatShape(shape));
  },
  BroadcastArgs: (call) => vector(broadcastShape(call, integers(call, 0), integers(call, 1))),
};
