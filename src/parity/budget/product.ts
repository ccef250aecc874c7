import type { Steps } from "../../runtime/reference/tensor64.js";

/** A filter [taps, in, out]; a matrix has one tap. */
export interface Filter {
  readonly data: Float64Array;
  readonly taps: number;
  readonly in: number;
  readonly out: number;
}

/** One number for each row and input channel, [rows, in], to be carried over to the output channels. */
export interface Carriage {
  readonly variances: Float64Array;
  /** Whether the taps see errors that are independent of each other, or one and the same. */
  readonly between: "independent" | "shared";
}

/**
 * variances [rows, in] -> [rows, out]. Independent errors: sum over taps of w^2, so the variances of a sum. Shared ones:
 * (sum over taps of w)^2, or sum of w^2 where the taps cancel each other and the larger one is the safe one. Channels are taken as
 * independent in both. Costs one pass over the filter and not one for each position.
 */
export function* carryThrough(filter: Filter, rows: number, carriages: readonly Carriage[]): Steps<Float64Array[]> {
  const { data, taps, in: width, out } = filter;
  const results = carriages.map(() => new Float64Array(rows * out));
  const moving = carriages.flatMap(({ variances, between }, at) => {
    const result = results[at];
    return result === undefined || variances.every((v) => v === 0) ? [] : [{ variances, between, result }];
  });
  if (moving.length === 0) return results;

  const squares = new Float64Array(out);
  const sums = new Float64Array(out);
  const shared = new Float64Array(out);
  for (let channel = 0; channel < width; channel++) {
    squares.fill(0);
    sums.fill(0);
    for (let tap = 0; tap < taps; tap++) {
      const start = (tap * width + channel) * out;
      for (let o = 0; o < out; o++) {
        const w = data[start + o] ?? 0;
        squares[o] = (squares[o] ?? 0) + w * w;
        if (taps > 1) sums[o] = (sums[o] ?? 0) + w;
      }
    }
    if (taps > 1) for (let o = 0; o < out; o++) shared[o] = Math.max((sums[o] ?? 0) ** 2, squares[o] ?? 0);
    for (const { variances, between, result } of moving) {
      const weights = between === "shared" && taps > 1 ? shared : squares;
      for (let row = 0; row < rows; row++) {
        const variance = variances[row * width + channel] ?? 0;
        if (variance === 0) continue;
        const start = row * out;
        for (let o = 0; o < out; o++) result[start + o] = (result[start + o] ?? 0) + variance * (weights[o] ?? 0);
      }
    }
    yield;
  }
  return results;
}
