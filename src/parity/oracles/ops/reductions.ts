import { elementCount } from "../../../core/tensor.js";
import type { Steps, Tensor64 } from "../../../runtime/reference/tensor64.js";
import {
  axisOf,
  boolOf,
  type Call,
  create,
  integer,
  integers,
  isInteger,
  type Kernels,
  operand,
  scalarTensor,
  typeOf,
} from "../call.js";
import { eachRow, mergeAxes, rowMajorStrides } from "../strided.js";

/** Folds the axes of input 1 of input 0 with f, from `start`; they stay with extent 1 when keep_dims. */
function* reduce(call: Call, start: number, f: (sum: number, value: number) => number): Steps {
  const x = operand(call, 0);
  const reduced = new Set(integers(call, 1).map((axis) => axisOf(call, axis, x.shape.length)));
  const kept = x.shape.map((extent, axis) => (reduced.has(axis) ? 1 : extent));
  const y = create(call, kept);
  y.data.fill(start);
  const [from, to] = [rowMajorStrides(x.shape), rowMajorStrides(kept)];
  const axes = mergeAxes(
    x.shape.map((extent, axis) => ({ extent, strides: [from[axis] ?? 0, reduced.has(axis) ? 0 : (to[axis] ?? 0)] })),
  );
  const inner = axes.at(-1);
  const extent = inner?.extent ?? 1;
  const [, step = 0] = inner?.strides ?? [];
  if (x.data.length > 0) {
    yield* eachRow(axes, ([first = 0, place = 0]) => {
      for (let i = 0; i < extent; i++) {
        const target = place + i * step;
        y.data[target] = f(y.data[target] ?? 0, x.data[first + i] ?? 0);
      }
    });
  }
  return boolOf(call, "keep_dims") ? y : { shape: kept.filter((_, axis) => !reduced.has(axis)), data: y.data };
}

function* mean(call: Call): Steps {
  const sum = yield* reduce(call, 0, (total, value) => total + value);
  const count = operand(call, 0).data.length / sum.data.length;
  const divide = isInteger(typeOf(call, "T"))
    ? (value: number) => Math.trunc(value / count)
    : (value: number) => value / count;
  return { shape: sum.shape, data: sum.data.map(divide) };
}

/** Half the sum of the squares. */
function l2Loss(call: Call): Tensor64 {
  return scalarTensor(operand(call, 0).data.reduce((sum, value) => sum + value * value, 0) / 2);
}

/** Where along the axis the first of the largest entries is; `sign` -1 for the smallest. */
function argMax(call: Call, sign: 1 | -1): Tensor64 {
  const x = operand(call, 0);
  const axis = axisOf(call, integer(call, 1), x.shape.length);
  const extent = x.shape[axis] ?? 0;
  const inner = elementCount(x.shape.slice(axis + 1));
  const y = create(call, x.shape.toSpliced(axis, 1));
  for (let place = 0; place < y.data.length; place++) {
    const first = Math.floor(place / inner) * extent * inner + (place % inner);
    let best = 0;
    for (let i = 1; i < extent; i++) {
      if (sign * (x.data[first + i * inner] ?? 0) > sign * (x.data[first + best * inner] ?? 0)) best = i;
    }
    y.data[place] = best;
  }
  return y;
}

export const REDUCTIONS: Kernels = {
  Sum: (call) => reduce(call, 0, (sum, value) => sum + value),
  Prod: (call) => reduce(call, 1, (product, value) => product * value),
  Max: (call) => reduce(call, Number.NEGATIVE_INFINITY, Math.max),
  Min: (call) => reduce(call, Number.POSITIVE_INFINITY, Math.min),
  All: (call) => reduce(call, 1, (all, value) => Number(all !== 0 && value !== 0)),
  Any: (call) => reduce(call, 0, (any, value) => Number(any !== 0 || value !== 0)),
  Mean: mean,
  L2Loss: l2Loss,
  ArgMax: (call) => argMax(call, 1),
  ArgMin: (call) => argMax(call, -1),
};
