import { elementCount, formatShape, type Shape } from "../../core/tensor.js";
import type { Steps, Tensor64 } from "../../runtime/reference/tensor64.js";
import { type Call, create, refuse } from "./call.js";
import { eachRow, mergeAxes, rowMajorStrides, SLICE_ELEMENTS } from "./strided.js";

/** The shape that both fit after repeating axes of extent 1. https://numpy.org/doc/stable/user/basics.broadcasting.html */
export function broadcastShape(call: Call, a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const first = a[axis - rank + a.length] ?? 1;
    const second = b[axis - rank + b.length] ?? 1;
    if (first === second || second === 1) return first;
    return first === 1 ? second : refuse(call, "inputs that broadcast", `${formatShape(a)} and ${formatShape(b)}`);
  });
}

/** f(a, b) for each pair of elements, after broadcasting. */
export function* broadcast(call: Call, a: Tensor64, b: Tensor64, f: (a: number, b: number) => number): Steps {
  const shape = broadcastShape(call, a.shape, b.shape);
  const y = create(call, shape);
  if (elementCount(shape) === 0) return y;
  const strides = [stridesIn(shape, a.shape), stridesIn(shape, b.shape), rowMajorStrides(shape)];
  const axes = mergeAxes(shape.map((extent, axis) => ({ extent, strides: strides.map((own) => own[axis] ?? 0) })));
  const { extent, strides: steps } = axes.at(-1) ?? { extent: 1, strides: [] };
  const [stepA = 0, stepB = 0] = extent === 1 ? [0, 0] : steps;
  const [x, z, to] = [a.data, b.data, y.data];
  if (axes.length === 1) {
    // One long row: yields have to come inside it.
    for (let start = 0; start < extent; start += SLICE_ELEMENTS) {
      const end = Math.min(start + SLICE_ELEMENTS, extent);
      for (let i = start; i < end; i++) to[i] = f(x[i * stepA] ?? 0, z[i * stepB] ?? 0);
      yield;
    }
    return y;
  }
  yield* eachRow(axes, ([fromA = 0, fromB = 0, start = 0]) => {
    for (let i = 0; i < extent; i++) to[start + i] = f(x[fromA + i * stepA] ?? 0, z[fromB + i * stepB] ?? 0);
  });
  return y;
}

/** How far the smaller tensor moves along each axis of the larger: not at all where it is repeated. */
function stridesIn(shape: Shape, own: Shape): number[] {
  const strides = rowMajorStrides(own);
  const missing = shape.length - own.length;
  return shape.map((_, axis) => (own[axis - missing] === 1 ? 0 : (strides[axis - missing] ?? 0)));
}

/** f of each element. */
export function* elementwise(call: Call, x: Tensor64, f: (value: number) => number): Steps {
  const y = create(call, x.shape);
  const [from, to] = [x.data, y.data];
  for (let start = 0; start < from.length; start += SLICE_ELEMENTS) {
    const end = Math.min(start + SLICE_ELEMENTS, from.length);
    for (let i = start; i < end; i++) to[i] = f(from[i] ?? 0);
    yield;
  }
  return y;
}
