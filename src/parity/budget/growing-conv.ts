import { UPSAMPLED_TAPS } from "../../graph/upsampled-taps.js";
import { filterOfTaps } from "../../runtime/reference/tap-conv2d.js";
import { imageOf, type Steps, type Tensor64 } from "../../runtime/reference/tensor64.js";
import { type Call, operandAt } from "./call.js";
import { type Field, placed } from "./field.js";
import { productSpread } from "./linear.js";
import type { Filter } from "./product.js";
import type { Spread } from "./spread.js";

/**
 * The convolutions that double the image: four 2 x 2 convolutions, one for each number of a 2 x 2 square of the result. Each sees four
 * neighbours of the operand.
 */
export function* growingConvSpread(call: Call): Steps<Spread[]> {
  const { value } = operandAt(call, 1);
  const [a, b, c, d] = PHASES.map((phase) => phaseFilter(value, phase));
  if (a === undefined || b === undefined || c === undefined || d === undefined)
    throw new Error("error budget: four phases");
  return yield* productSpread(call, {
    filters: [a, b, c, d],
    around: (field) => aroundCorners(field, call),
    bias: call.operands[2],
  });
}

/** The same with the products of each tap made once and added up: as many as a 3 x 3 convolution sums. */
export function* tapConvSpread(call: Call): Steps<Spread[]> {
  const filter = filterOfTaps([1, 2, 3].map((position) => operandAt(call, position).value));
  const [a, b, c, d] = PHASES.map((phase) => foldedFilter(filter, phase));
  if (a === undefined || b === undefined || c === undefined || d === undefined)
    throw new Error("error budget: four phases");
  return yield* productSpread(call, {
    filters: [a, b, c, d],
    around: (field) => aroundCorners(field, call),
    terms: 9 * a.in,
    bias: call.operands[4],
  });
}

/** Row and column of a number in the square around a corner. */
type Phase = readonly [row: 0 | 1, column: 0 | 1];

const PHASES: readonly Phase[] = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];

/** The 2 x 2 filter of one phase, out of [4, 4, in, out] (transposed) or [2, 2, in, 4 * out]. */
function phaseFilter(filter: Tensor64, [row, column]: Phase): Filter {
  const { n: side, c: last, w: depth } = imageOf(filter);
  const transposed = side === 4;
  const out = transposed ? last : last / 4;
  const data = new Float64Array(4 * depth * out);
  for (let tap = 0; tap < 4; tap++) {
    // The corner at 2i - 1: its row 0 gets tap 2 of the number above it and tap 0 of that below, its row 1 taps 3 and 1.
    const [above, left] = [Math.floor(tap / 2), tap % 2];
    const at = transposed ? (2 - 2 * above + row) * 4 + (2 - 2 * left + column) : tap;
    const first = transposed ? 0 : (row * 2 + column) * out;
    for (let k = 0; k < depth; k++) {
      const from = (at * depth + k) * last + first;
      data.set(filter.data.subarray(from, from + out), (tap * depth + k) * out);
    }
  }
  return { data, taps: 4, in: depth, out };
}

/** The 2 x 2 filter of one phase of a 3 x 3 filter on an upsampled image. */
function foldedFilter({ data: taps, shape: [, , depth = 0, out = 0] }: Tensor64, [row, column]: Phase): Filter {
  const data = new Float64Array(4 * depth * out);
  const size = depth * out;
  for (const [above, rows] of UPSAMPLED_TAPS[row].entries()) {
    for (const [left, columns] of UPSAMPLED_TAPS[column].entries()) {
      const to = (above * 2 + left) * size;
      for (const i of rows) {
        for (const j of columns) {
          for (let at = 0; at < size; at++) data[to + at] = (data[to + at] ?? 0) + (taps[(i * 3 + j) * size + at] ?? 0);
        }
      }
    }
  }
  return { data, taps: 4, in: depth, out };
}

/** For each position of the result the mean over the four neighbours of its corner, zeros outside the image. */
function aroundCorners(field: Field, { value }: Call): Field {
  const { n, h, w } = imageOf(value);
  const { rows, positions, width } = field;
  const places = new Float64Array(n * h * w);
  const means = new Float64Array(rows);
  const [high, wide] = [h / 2, w / 2];
  for (let at = 0; at < places.length; at++) {
    const [image, corner, side] = [Math.floor(at / (h * w)), (Math.floor(at / w) % h) + 1, (at % w) + 1];
    const [i, j] = [Math.floor(corner / 2), Math.floor(side / 2)];
    let sum = 0;
    for (const row of [i - 1, i]) {
      for (const column of [j - 1, j]) {
        if (row < 0 || row >= high || column < 0 || column >= wide) continue;
        sum += field.places[image * positions + row * wide + column] ?? 0;
      }
    }
    places[at] = sum / 4;
    means[image] = (means[image] ?? 0) + sum / 4 / (h * w);
  }
  const channels = field.channels.map((variance, index) => variance * (means[Math.floor(index / width)] ?? 1));
  return placed({ rows, width, positions: h * w }, channels, places);
}
