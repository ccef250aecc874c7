import { conv2d } from "./conv2d.js";
import { imageOf, type Steps, type Tensor64, zeros } from "./tensor64.js";

/** x [n, h, w, in], filters [1, 3, in, out] of the four combinations of rows, bias [out] -> [n, h, w, out]: the graph's `pairConv2d`. */
export function* pairConv2d(x: Tensor64, filters: readonly Tensor64[], bias?: Tensor64): Steps {
  const products: Tensor64[] = [];
  for (const [index, [first, second, sign]] of ROWS.entries()) {
    const filter = filters[index];
    if (filter === undefined) throw new Error(`pairConv2d: expected 4 filters, found ${filters.length}`);
    products.push(yield* conv2d(combinedRows(x, first, second, sign), filter));
  }
  const { n, h, w } = imageOf(x);
  const out = imageOf(products[0] ?? x).c;
  const y = zeros([n, h, w, out]);
  const line = w * out;
  const [p0, p1, p2, p3] = products.map(({ data }) => data);
  for (let pair = 0; pair < (n * h) / 2; pair++) {
    for (let at = 0; at < line; at++) {
      const from = pair * line + at;
      const start = bias?.data[at % out] ?? 0;
      const second = p1?.[from] ?? 0;
      const third = p2?.[from] ?? 0;
      y.data[2 * pair * line + at] = start + (p0?.[from] ?? 0) + second + third;
      y.data[(2 * pair + 1) * line + at] = start + second - third - (p3?.[from] ?? 0);
    }
    yield;
  }
  return y;
}

/** Row `first`, and row `second` with a sign, of the four around each pair: 1 and 2 are the pair's own. */
const ROWS = [
  [0, 2, -1],
  [1, 2, 1],
  [2, 1, -1],
  [1, 3, -1],
] as const;

/** One row for each pair, [n, h / 2, w, c]; rows outside the image are zeros. */
function combinedRows(x: Tensor64, first: number, second: number, sign: 1 | -1): Tensor64 {
  const { n, h, w, c } = imageOf(x);
  const line = w * c;
  const result = zeros([n, h / 2, w, c]);
  const add = (image: number, pair: number, row: number, factor: number) => {
    if (row < 0 || row >= h) return;
    const [from, to] = [(image * h + row) * line, ((image * h) / 2 + pair) * line];
    for (let at = 0; at < line; at++) {
      result.data[to + at] = (result.data[to + at] ?? 0) + factor * (x.data[from + at] ?? 0);
    }
  };
  for (let image = 0; image < n; image++) {
    for (let pair = 0; pair < h / 2; pair++) {
      add(image, pair, 2 * pair - 1 + first, 1);
      add(image, pair, 2 * pair - 1 + second, sign);
    }
  }
  return result;
}
