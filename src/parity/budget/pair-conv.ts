import { imageOf, type Steps, type Tensor64 } from "../../runtime/reference/tensor64.js";
import { type Call, operandAt } from "./call.js";
import { underFilter } from "./layout.js";
import { productSpread } from "./linear.js";
import type { Filter } from "./product.js";
import type { Spread } from "./spread.js";

/**
 * Squares of the products that are summed for a number, over those of the plain convolution. With rows of mean square 1 and a filter whose
 * rows have one each: (d0 - d2) a has at most 4, and the two products of half sums have 4 * 3/4 together, as (d1 + d2)^2 + (d2 - d1)^2 is 4;
 * 7 in all, where the plain convolution has 3.
 */
const MOST_ENERGY = 7 / 3;

/**
 * As the 3 x 3 convolutions that make the upper and the lower row of each pair, which are the same one unless someone changes a filter. Products are as
 * many, or fewer: each of three sums has as many as a row of taps. Rounding the combined rows is one more rounding of each product, beside as many
 * as there are products in a sum.
 */
export function* pairConvSpread(call: Call): Steps<Spread[]> {
  const [a, b, c, d] = [1, 2, 3, 4].map((position) => operandAt(call, position).value);
  if (a === undefined || b === undefined || c === undefined || d === undefined)
    throw new Error("error budget: four filters");
  const middle = rowOf((at) => (b.data[at] ?? 0) - (c.data[at] ?? 0), a);
  const ends = (end: Tensor64) => rowOf((at) => (b.data[at] ?? 0) + (c.data[at] ?? 0) - (end.data[at] ?? 0), a);
  const image = imageOf(call.value);
  return yield* productSpread(call, {
    filters: [filterOf(a, [a.data, middle, ends(a)]), filterOf(a, [ends(d), middle, d.data])],
    around: (field) => underFilter(field, image, 3),
    energy: MOST_ENERGY,
    bias: call.operands[5],
  });
}

function rowOf(value: (at: number) => number, { data }: Tensor64): Float64Array<ArrayBuffer> {
  return Float64Array.from(data, (_, at) => value(at));
}

function filterOf(like: Tensor64, rows: readonly Float64Array[]): Filter {
  const { w: depth, c: out } = imageOf(like);
  const data = new Float64Array(9 * depth * out);
  for (const [row, values] of rows.entries()) data.set(values, row * 3 * depth * out);
  return { data, taps: 9, in: depth, out };
}
