import { elementCount, type Shape } from "../../core/tensor.js";

/** Whether elements lie one after the other. An axis of one element may have any stride, and so may a tensor of none. */
export function isContiguous(shape: Shape, strides: readonly number[]): boolean {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const extent = shape[axis] ?? 0;
    if (extent === 0) return true;
    if (extent !== 1 && strides[axis] !== expected) return false;
    expected *= extent;
  }
  return true;
}

/** How many elements of its storage a tensor reaches over, from its first to its last. */
export function elementSpan(shape: Shape, strides: readonly number[]): number {
  if (elementCount(shape) === 0) return 0;
  return shape.reduce((span, extent, axis) => span + (extent - 1) * (strides[axis] ?? 0), 1);
}

/**
 * The elements of a strided view in row-major order. `span` begins with the view's first element; each element takes `width`
 * bytes.
 */
export function gather(
  span: Uint8Array,
  shape: Shape,
  strides: readonly number[],
  width: number,
): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(elementCount(shape) * width);
  const rank = shape.length;
  const lastExtent = shape[rank - 1] ?? 1;
  const lastStep = (strides[rank - 1] ?? 0) * width;
  const index = new Array<number>(rank).fill(0);
  let row = 0;
  for (let to = 0; to < out.length; ) {
    for (let i = 0, from = row; i < lastExtent; i++, from += lastStep) {
      for (let byte = 0; byte < width; byte++) out[to++] = span[from + byte] ?? 0;
    }
    for (let axis = rank - 2; axis >= 0; axis--) {
      const step = (strides[axis] ?? 0) * width;
      const next = (index[axis] ?? 0) + 1;
      if (next < (shape[axis] ?? 0)) {
        index[axis] = next;
        row += step;
        break;
      }
      index[axis] = 0;
      row -= step * (next - 1);
    }
  }
  return out;
}
