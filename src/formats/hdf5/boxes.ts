import { elementCount, type Shape } from "../../core/tensor.js";

/** A box of a tensor whose elements lie side by side in row-major order. */
export interface Box {
  readonly offset: readonly number[];
  readonly count: readonly number[];
}

/** Elements `start` to `end` of a tensor, in row-major order, as boxes one behind the other: at most two an axis, and one more. */
export function boxesOf(shape: Shape, start: number, end: number): Box[] {
  if (start >= end) return [];
  const [extent, ...inner] = shape;
  if (extent === undefined) return [{ offset: [], count: [] }];
  const row = elementCount(inner);
  const zeros = inner.map(() => 0);
  /** Elements of one row, `from` and `to` counted in it. */
  const within = (index: number, from: number, to: number): Box[] =>
    boxesOf(inner, from, to).map(({ offset, count }) => ({ offset: [index, ...offset], count: [1, ...count] }));

  const first = Math.ceil(start / row);
  const last = Math.floor(end / row);
  if (first > last) return within(last, start - last * row, end - last * row);
  const whole: Box = { offset: [first, ...zeros], count: [last - first, ...inner] };
  return [
    ...(start < first * row ? within(first - 1, start - (first - 1) * row, row) : []),
    ...(first < last ? [whole] : []),
    ...(last * row < end ? within(last, 0, end - last * row) : []),
  ];
}
