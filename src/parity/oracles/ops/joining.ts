import { elementCount, formatShape, sameShape } from "../../../core/tensor.js";
import type { Tensor64 } from "../../../runtime/reference/tensor64.js";
import { axisOf, type Call, create, integer, integers, intOf, type Kernels, operand, refuse } from "../call.js";

/** Tensors that differ in one axis only, one after the other along it. */
function concatenate(call: Call, tensors: readonly Tensor64[], axisInput: number): Tensor64 {
  const [first] = tensors;
  if (first === undefined) return refuse(call, "tensors to join", "none");
  const axis = axisOf(call, axisInput, first.shape.length);
  const total = tensors.reduce((sum, { shape }) => sum + (shape[axis] ?? 0), 0);
  for (const { shape } of tensors) {
    if (shape.length !== first.shape.length || !sameShape(shape.with(axis, 0), first.shape.with(axis, 0))) {
      refuse(call, `tensors that fit ${formatShape(first.shape)} but for axis ${axis}`, formatShape(shape));
    }
  }
  const y = create(call, first.shape.with(axis, total));
  const rows = elementCount(first.shape.slice(0, axis));
  const inner = elementCount(first.shape.slice(axis + 1));
  let start = 0;
  for (const { shape, data } of tensors) {
    const width = (shape[axis] ?? 0) * inner;
    for (let row = 0; row < rows; row++) {
      y.data.set(data.subarray(row * width, (row + 1) * width), row * total * inner + start);
    }
    start += width;
  }
  return y;
}

/** Outputs of a node. A module splits z or its statistics: a few, or one for each row or class. */
const MAX_PARTS = 2 ** 16;

/** Parts of an axis, of the sizes given. */
function divide(call: Call, x: Tensor64, axis: number, sizes: readonly number[]): Tensor64[] {
  const extent = x.shape[axis] ?? 0;
  const sum = sizes.reduce((total, size) => total + size, 0);
  if (sum !== extent || sizes.some((size) => size < 0)) {
    refuse(call, `parts of the ${extent} entries of axis ${axis}`, formatShape(sizes));
  }
  const rows = elementCount(x.shape.slice(0, axis));
  const inner = elementCount(x.shape.slice(axis + 1));
  let start = 0;
  return sizes.map((size) => {
    const y = create(call, x.shape.with(axis, size));
    for (let row = 0; row < rows; row++) {
      const from = (row * extent + start) * inner;
      y.data.set(x.data.subarray(from, from + size * inner), row * size * inner);
    }
    start += size;
    return y;
  });
}

/** Tensors of one shape, along a new axis. */
function pack(call: Call): Tensor64 {
  const axis = axisOf(call, intOf(call, "axis"), operand(call, 0).shape.length + 1);
  const rows = call.inputs.map(({ shape, data }) => ({ shape: shape.toSpliced(axis, 0, 1), data }));
  return concatenate(call, rows, axis);
}

function unpack(call: Call): readonly Tensor64[] {
  const x = operand(call, 0);
  const axis = axisOf(call, intOf(call, "axis"), x.shape.length);
  const count = intOf(call, "num", x.shape[axis] ?? 0);
  if (count > MAX_PARTS) refuse(call, `at most ${MAX_PARTS} parts`, `${count}`);
  if (count !== x.shape[axis]) refuse(call, `${count} entries of axis ${axis}`, formatShape(x.shape));
  const parts = divide(call, x, axis, new Array<number>(count).fill(1));
  return parts.map(({ shape, data }) => ({ shape: shape.toSpliced(axis, 1), data }));
}

function split(call: Call): readonly Tensor64[] {
  const x = operand(call, 1);
  const axis = axisOf(call, integer(call, 0), x.shape.length);
  const count = intOf(call, "num_split", 1);
  const size = (x.shape[axis] ?? 0) / count;
  if (count > MAX_PARTS) refuse(call, `at most ${MAX_PARTS} parts`, `${count}`);
  // The count may be anything: it is looked at before an array is made of it.
  if (!Number.isInteger(size) || size < 1) refuse(call, `${count} equal parts of axis ${axis}`, formatShape(x.shape));
  return divide(call, x, axis, new Array<number>(count).fill(size));
}

/** One size may be -1: what is left. */
function splitV(call: Call): readonly Tensor64[] {
  const x = operand(call, 0);
  const sizes = integers(call, 1);
  const axis = axisOf(call, integer(call, 2), x.shape.length);
  const open = sizes.indexOf(-1);
  const named = sizes.reduce((sum, size) => sum + Math.max(size, 0), 0);
  return divide(call, x, axis, open < 0 ? sizes : sizes.with(open, (x.shape[axis] ?? 0) - named));
}

export const JOINING: Kernels = {
  ConcatV2: (call) => concatenate(call, call.inputs.slice(0, -1), integer(call, call.inputs.length - 1)),
  Concat: (call) => concatenate(call, call.inputs.slice(1), integer(call, 0)),
  Pack: pack,
  Unpack: unpack,
  Split: split,
  SplitV: splitV,
};
