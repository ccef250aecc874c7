import { elementCount, formatShape, type Shape, sameShape } from "../../../core/tensor.js";
import type { Steps, Tensor64 } from "../../../runtime/reference/tensor64.js";
import { broadcastShape } from "../broadcast.js";
import { axisOf, type Call, create, integer, intOf, type Kernels, operand, refuse, scalar } from "../call.js";
import { broadcastTo } from "../strided.js";

/** Entries of one axis of the parameters, by indices of any shape. */
function gather(call: Call, axisInput: number): Tensor64 {
  const [params, indices] = [operand(call, 0), operand(call, 1)];
  if (intOf(call, "batch_dims") !== 0) refuse(call, "batch_dims 0", `${intOf(call, "batch_dims")}`);
  const axis = axisOf(call, axisInput, params.shape.length);
  const extent = params.shape[axis] ?? 0;
  const inner = elementCount(params.shape.slice(axis + 1));
  const outer = elementCount(params.shape.slice(0, axis));
  const y = create(call, [...params.shape.slice(0, axis), ...indices.shape, ...params.shape.slice(axis + 1)]);
  let to = 0;
  for (let row = 0; row < outer; row++) {
    for (const index of indices.data) {
      if (!(index >= 0 && index < extent)) refuse(call, `indices into ${extent} entries`, `${index}`);
      const from = (row * extent + index) * inner;
      y.data.set(params.data.subarray(from, from + inner), to);
      to += inner;
    }
  }
  return y;
}

/** indices [..., k] are places in the first k axes. */
function gatherNd(call: Call): Tensor64 {
  const [params, indices] = [operand(call, 0), operand(call, 1)];
  const depth = indices.shape.at(-1) ?? 0;
  if (depth > params.shape.length) refuse(call, `places in ${formatShape(params.shape)}`, formatShape(indices.shape));
  const inner = elementCount(params.shape.slice(depth));
  const y = create(call, [...indices.shape.slice(0, -1), ...params.shape.slice(depth)]);
  const places = elementCount(indices.shape.slice(0, -1));
  for (let place = 0; place < places; place++) {
    let from = 0;
    for (let axis = 0; axis < depth; axis++) {
      const [index, extent] = [indices.data[place * depth + axis] ?? -1, params.shape[axis] ?? 0];
      if (!(index >= 0 && index < extent)) refuse(call, `indices into ${extent} entries`, `${index}`);
      from = from * extent + index;
    }
    y.data.set(params.data.subarray(from * inner, (from + 1) * inner), place * inner);
  }
  return y;
}

/** Where the condition holds the first value, elsewhere the second; all three broadcast. */
function* selectV2(call: Call): Steps {
  const [condition, yes, no] = [operand(call, 0), operand(call, 1), operand(call, 2)];
  const shape = broadcastShape(call, broadcastShape(call, condition.shape, yes.shape), no.shape);
  const chosen = yield* broadcastTo(call, condition, shape);
  const [a, b] = [yield* broadcastTo(call, yes, shape), yield* broadcastTo(call, no, shape)];
  const y = create(call, shape);
  for (let i = 0; i < y.data.length; i++) y.data[i] = (chosen.data[i] === 0 ? b.data[i] : a.data[i]) ?? 0;
  return y;
}

/** As {@link selectV2} for values of one shape; a condition that is a vector chooses rows. */
function select(call: Call): Steps {
  const [condition, yes, no] = [operand(call, 0), operand(call, 1), operand(call, 2)];
  if (!sameShape(yes.shape, no.shape)) refuse(call, `a value ${formatShape(yes.shape)}`, formatShape(no.shape));
  const rows = condition.shape.length === 1 && yes.shape.length > 1;
  const shape: Shape = rows ? [...condition.shape, ...yes.shape.slice(1).map(() => 1)] : condition.shape;
  return selectV2({ ...call, inputs: [{ shape, data: condition.data }, yes, no] });
}

/** The places [count, rank] of elements other than 0. */
function where(call: Call): Tensor64 {
  const { shape, data } = operand(call, 0);
  const y = create(call, [data.reduce((count, value) => count + Number(value !== 0), 0), shape.length]);
  let row = 0;
  for (let index = 0; index < data.length; index++) {
    if (data[index] === 0) continue;
    let rest = index;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const extent = shape[axis] ?? 1;
      y.data[row * shape.length + axis] = rest % extent;
      rest = Math.floor(rest / extent);
    }
    row++;
  }
  return y;
}

function oneHot(call: Call): Tensor64 {
  const indices = operand(call, 0);
  const [depth, on, off] = [integer(call, 1), scalar(call, 2), scalar(call, 3)];
  const axis = axisOf(call, intOf(call, "axis", -1), indices.shape.length + 1);
  const y = create(call, indices.shape.toSpliced(axis, 0, depth));
  y.data.fill(off);
  const inner = elementCount(indices.shape.slice(axis));
  for (const [position, index] of indices.data.entries()) {
    if (!(index >= 0 && index < depth)) continue;
    const outer = Math.floor(position / inner);
    y.data[(outer * depth + index) * inner + (position % inner)] = on;
  }
  return y;
}

/** Ops that pick entries by index or condition. */
export const CHOOSING: Kernels = {
  GatherV2: (call) => gather(call, integer(call, 2)),
  Gather: (call) => gather(call, 0),
  GatherNd: gatherNd,
  Select: select,
  SelectV2: selectV2,
  Where: where,
  OneHot: oneHot,
};
