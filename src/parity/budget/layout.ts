import { imageOf, type Tensor64 } from "../../runtime/reference/tensor64.js";
import { type Call, forEachArithmetic, operandAt, scaledSpreadAt, spreadAt } from "./call.js";
import { type Extents, type Field, mixed, noError, placed, scaledBy, worstOf } from "./field.js";
import { roundingVariance, summationVariance } from "./rounding.js";
import { entryOf, type Spread, whole } from "./spread.js";

/** Channels of all operands one after another. */
export function concatSpread(call: Call): Spread[] {
  return forEachArithmetic(call, (_, which) => {
    const spreads = call.operands.map((_operand, position) => spreadAt(call, position, which));
    const [fresh, carried] = [spreads.map((each) => each.fresh), spreads.map((each) => each.carried)];
    return { fresh: joined(call.moments, fresh), carried: joined(call.moments, carried) };
  });
}

/** Fields side by side: each as a field of all channels, of which only its own err. */
function joined({ rows, width, positions }: Extents, fields: readonly Field[]): Field {
  let start = 0;
  const padded = fields.map((field): Field => {
    const channels = new Float64Array(rows * width);
    for (let row = 0; row < rows; row++) {
      for (let c = 0; c < field.width; c++) {
        channels[row * width + start + c] = field.channels[entryOf(field, row, c)] ?? 0;
      }
    }
    start += field.width;
    const places = field.rows === rows ? field.places : new Float64Array(rows * positions).fill(1);
    return { rows, width, positions, channels, places };
  });
  return mixed([noError({ rows, width, positions }), ...padded]);
}

export function sliceSpread(call: Call, start: number, size: number): Spread[] {
  const cut = (field: Field): Field => ({
    ...field,
    width: size,
    channels: Float64Array.from(
      { length: field.rows * size },
      (_, index) => field.channels[Math.floor(index / size) * field.width + start + (index % size)] ?? 0,
    ),
  });
  return mapFields(call, cut);
}

/** Between an image and its sequence of positions all stays; a vector cut in positions gives each channel and each position its mean. */
export function reshapeSpread(call: Call): Spread[] {
  const { rows, width, positions } = call.moments;
  const reshape = (field: Field): Field => {
    if (field.width === width && field.positions === positions) return field;
    if (field.width !== width * positions) {
      throw new Error(`error budget: reshape of ${field.positions} x ${field.width} to ${positions} x ${width}`);
    }
    const channels = new Float64Array(rows * width);
    const places = new Float64Array(rows * positions);
    for (const [index, variance] of field.channels.entries()) {
      const at = Math.floor(index / width);
      const channel = Math.floor(at / positions) * width + (index % width);
      channels[channel] = (channels[channel] ?? 0) + variance / positions;
      places[at] = (places[at] ?? 0) + variance;
    }
    return placed({ rows, width, positions }, channels, places);
  };
  return mapFields(call, reshape).map((spread, which): Spread => {
    const x = whole(spreadAt(call, 0, which));
    if (x.positions === positions) return spread;
    // The vector knew the variance of each element; the largest is kept.
    return { ...spread, worst: Float64Array.from({ length: rows }, (_, row) => worstOf(x, row)) };
  });
}

/** Four equal copies side by side: nothing is independent between them. */
export function upsampleSpread(call: Call): Spread[] {
  const { w } = imageOf(call.value);
  return forEachArithmetic(call, (_, which) => {
    const spread = scaledSpreadAt(call, 0, which);
    const field = whole(spread);
    const places = moved(call, (row, column) => [Math.floor(row / 2) * (w / 2) + Math.floor(column / 2)], field);
    return { scale: spread.scale, fresh: noError(call.moments), carried: placed(call.moments, field.channels, places) };
  });
}

/** The error of the largest of four is that of any of them. */
export function poolSpread(call: Call): Spread[] {
  const { w } = imageOf(operandAt(call, 0).value);
  return mapFields(call, (field) => {
    const four = (row: number, column: number) => [0, 1, w, w + 1].map((step) => 2 * row * w + 2 * column + step);
    return placed(call.moments, field.channels, moved(call, four, field));
  });
}

/**
 * The mean of four. Independent errors average out to a quarter of their mean variance; shared ones are taken to be one and the same. Three
 * additions are rounded, the division by 4 is exact.
 */
export function averagePoolSpread(call: Call): Spread[] {
  const { w } = imageOf(operandAt(call, 0).value);
  const { moments, moments: extents } = call;
  const x = operandAt(call, 0).moments;
  const four = (row: number, column: number) => [0, 1, w, w + 1].map((step) => 2 * row * w + 2 * column + step);
  const pooled = (field: Field) => placed(extents, field.channels, moved(call, four, field));
  return forEachArithmetic(call, ({ accumulatorRoundoff, unitRoundoff }, which) => {
    const { fresh, carried, scale } = scaledSpreadAt(call, 0, which);
    const rounded = moments.square.map((square, index) => {
      const sum = summationVariance(
        roundingVariance(accumulatorRoundoff),
        4,
        (16 * square) / 3,
        4 * (x.square[index] ?? 0),
      );
      return sum / 16 + roundingVariance(unitRoundoff) * square;
    });
    return {
      scale,
      fresh: mixed([scaledBy(pooled(fresh), () => 1 / 4), placed(extents, rounded, moments.squares.places)]),
      carried: pooled(carried),
    };
  });
}

/** Places of the result [n, h, w] as sums over places of the operand, which are given by their number in its image. */
function moved(
  { value }: { readonly value: Tensor64 },
  sources: (row: number, column: number) => readonly number[],
  field: Field,
): Float64Array {
  const { n, h, w } = imageOf(value);
  return Float64Array.from({ length: n * h * w }, (_, at) => {
    const first = Math.floor(at / (h * w)) * field.positions;
    const from = sources(Math.floor(at / w) % h, at % w);
    return from.reduce((sum, place) => sum + (field.places[first + place] ?? 0), 0);
  });
}

/** The variances around each position under a filter of `size` x `size`, zeros outside the image, as a mean over the filter. */
export function underFilter(field: Field, { n, h, w }: { n: number; h: number; w: number }, size: number): Field {
  if (size === 1) return field;
  const half = (size - 1) / 2;
  const places = new Float64Array(n * h * w);
  const { rows, positions, width } = field;
  const means = new Float64Array(rows);
  for (let at = 0; at < places.length; at++) {
    const [column, row, image] = [at % w, Math.floor(at / w) % h, Math.floor(at / (h * w))];
    let sum = 0;
    for (let i = Math.max(0, row - half); i <= Math.min(h - 1, row + half); i++) {
      for (let j = Math.max(0, column - half); j <= Math.min(w - 1, column + half); j++) {
        sum += field.places[(image * h + i) * w + j] ?? 0;
      }
    }
    places[at] = sum / size ** 2;
    means[image] = (means[image] ?? 0) + sum / size ** 2 / positions;
  }
  const channels = field.channels.map((variance, index) => variance * (means[Math.floor(index / width)] ?? 1));
  return placed({ rows, width, positions } satisfies Extents, channels, places);
}

function mapFields(call: Call, map: (field: Field) => Field): Spread[] {
  return forEachArithmetic(call, (_, which) => {
    const spread = scaledSpreadAt(call, 0, which);
    return { scale: spread.scale, fresh: map(spread.fresh), carried: map(spread.carried) };
  });
}
