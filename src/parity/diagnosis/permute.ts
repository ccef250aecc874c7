import { elementCount, type Shape } from "../../core/tensor.js";
import { type Tensor64, zeros } from "../../runtime/reference/tensor64.js";

/** The axes in another order, as numpy.transpose has it: axis k of the result is axis `order[k]` of x. */
export function permute(x: Tensor64, order: readonly number[]): Tensor64 {
  const strides = x.shape.map((_, axis) => elementCount(x.shape.slice(axis + 1)));
  const shape = order.map((axis) => x.shape[axis] ?? 1);
  const steps = order.map((axis) => strides[axis] ?? 0);
  const y = zeros(shape);
  const index = shape.map(() => 0);
  let from = 0;
  for (let to = 0; to < y.data.length; to++) {
    y.data[to] = x.data[from] ?? 0;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const step = steps[axis] ?? 0;
      const next = (index[axis] ?? 0) + 1;
      from += step;
      index[axis] = next;
      if (next < (shape[axis] ?? 0)) break;
      from -= next * step;
      index[axis] = 0;
    }
  }
  return y;
}

/** The same numbers under another shape of the same size. */
export function relabel(x: Tensor64, shape: Shape): Tensor64 {
  if (elementCount(shape) !== x.data.length) throw new Error(`relabel: ${x.data.length} numbers do not fit`);
  return { shape, data: x.data };
}
