import { elementCount, formatShape } from "../../../core/tensor.js";
import type { Steps, Tensor64 } from "../../../runtime/reference/tensor64.js";
import { axisOf, type Call, checkSize, create, integers, type Kernels, operand, refuse, scalar } from "../call.js";
import { eachRow, rowMajorStrides, stridedCopy } from "../strided.js";

function transpose(call: Call): Steps {
  const x = operand(call, 0);
  const order = integers(call, 1);
  const wanted = [...x.shape.keys()];
  if (formatShape(order.toSorted((a, b) => a - b)) !== formatShape(wanted)) {
    refuse(call, `an order of the axes of ${formatShape(x.shape)}`, formatShape(order));
  }
  const strides = rowMajorStrides(x.shape);
  const [shape, moved] = [order.map((axis) => x.shape[axis] ?? 0), order.map((axis) => strides[axis] ?? 0)];
  return stridedCopy(call, x.data, shape, moved);
}

function* tile(call: Call): Steps {
  const x = operand(call, 0);
  const times = integers(call, 1);
  if (times.length !== x.shape.length) refuse(call, `${x.shape.length} multiples`, `${times.length}`);
  const shape = x.shape.map((extent, axis) => extent * (times[axis] ?? 0));
  checkSize(call, shape);
  const strides = rowMajorStrides(x.shape);
  const { data } = yield* stridedCopy(
    call,
    x.data,
    x.shape.flatMap((extent, axis) => [times[axis] ?? 0, extent]),
    strides.flatMap((stride) => [0, stride]),
  );
  return { shape, data };
}

/** Constant padding: paddings [rank, 2], entries before and after. */
function* pad(call: Call, value: number): Steps {
  const x = operand(call, 0);
  const paddings = integers(call, 1);
  if (paddings.length !== 2 * x.shape.length || paddings.some((count) => count < 0)) {
    refuse(call, `two paddings for each axis of ${formatShape(x.shape)}`, formatShape(paddings));
  }
  const before = (axis: number) => paddings[2 * axis] ?? 0;
  const y = create(
    call,
    x.shape.map((extent, axis) => extent + before(axis) + (paddings[2 * axis + 1] ?? 0)),
  );
  y.data.fill(value);
  if (elementCount(x.shape) === 0) return y;
  const [from, to] = [rowMajorStrides(x.shape), rowMajorStrides(y.shape)];
  const offset = to.reduce((sum, stride, axis) => sum + before(axis) * stride, 0);
  const axes = x.shape.map((extent, axis) => ({ extent, strides: [from[axis] ?? 0, to[axis] ?? 0] }));
  const width = x.shape.at(-1) ?? 1;
  yield* eachRow(axes, ([first = 0, start = 0]) => y.data.set(x.data.subarray(first, first + width), offset + start));
  return y;
}

/** Axes turned round. */
function reverse(call: Call): Steps {
  const x = operand(call, 0);
  const turned = integers(call, 1).map((axis) => axisOf(call, axis, x.shape.length));
  const strides = rowMajorStrides(x.shape).map((stride, axis) => (turned.includes(axis) ? -stride : stride));
  const last = (sum: number, axis: number) => sum - ((x.shape[axis] ?? 1) - 1) * (strides[axis] ?? 0);
  return stridedCopy(call, x.data, x.shape, strides, turned.reduce(last, 0));
}

function padWith(call: Call, value: number): Steps | Tensor64 {
  return pad(call, value);
}

export const MOVING: Kernels = {
  Transpose: transpose,
  Tile: tile,
  Pad: (call) => padWith(call, 0),
  PadV2: (call) => padWith(call, scalar(call, 2)),
  ReverseV2: reverse,
};
