import { imageOf, type Tensor64 } from "../../runtime/reference/tensor64.js";
import { type Call, forEachArithmetic, operandAt, scaledSpreadAt, spreadAt } from "./call.js";
import { type Extents, type Field, noError, placed, worstOf } from "./field.js";
import { entryOf, type Spread, whole } from "./spread.js";

/** Channels of all operands one after another. */
export function concatSpread(call: Call): Spread[] {
  const { rows } = call.moments;
  return forEachArithmetic(call, (_, which) => {
    const spreads = call.operands.map((_operand, position) => spreadAt(call, position, which));
    const join = (fields: readonly Field[]) => {
      const channels = Array.from({ length: rows }, (_row, row) =>
        fields.flatMap((field) =>
          Array.from({ length: field.width }, (_c, channel) => field.channels[entryOf(field, row, channel)] ?? 0),
        ),
      );
      return placed(call.moments, Float64Array.from(channels.flat()), fields[0]?.places ?? new Float64Array());
    };
    return { fresh: join(spreads.map(({ fresh }) => fresh)), carried: join(spreads.map(({ carried }) => carried)) };
  });
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
