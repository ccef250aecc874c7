import { type Call, forEachArithmetic, operandAt } from "./call.js";
import { noError, uniform } from "./field.js";
import { roundingVariance } from "./rounding.js";
import type { Spread } from "./spread.js";

/** The place in the table is (t - point) / (next - point) or t times the rows: this many roundings of t and of the place. */
const ROUNDINGS = 3;

/** Allowance, on the standard deviation: one place serves all channels of all batch norms, so its errors add up in phase. */
const ALLOWANCE = 2;

/**
 * The weights of two neighbouring rows are f and 1 - f, so their errors are opposite: what a table makes of them depends on the
 * difference of its rows alone. The spread holds the variance of f for every row; {@link statisticsVariance} applies it.
 */
export function truncationSpread(call: Call, grid: readonly number[]): Spread[] {
  const t = operandAt(call, 0).value.data[0] ?? 0;
  // Truncation is a float32 number, and our runtimes take one that is a point of the grid, so rounded, for the point itself. Who does
  // not is off by this much.
  const point = grid.find((candidate) => Math.fround(candidate) === Math.fround(t)) ?? t;
  const spacing = grid.slice(1).reduce((least, point, i) => Math.min(least, point - (grid[i] ?? 0)), 1);
  return forEachArithmetic(call, ({ unitRoundoff }) => {
    const rounded = ROUNDINGS * roundingVariance(unitRoundoff) * (t / spacing) ** 2;
    const place = ALLOWANCE ** 2 * (rounded + ((t - point) / spacing) ** 2);
    return {
      fresh: noError(call.moments),
      carried: uniform(call.moments, new Float64Array(call.moments.rows * call.moments.width).fill(place)),
    };
  });
}

/** Variances of the moments [channels] picked from a table [rows, channels] by weights [1, rows] whose place has this variance. */
export function statisticsVariance(table: Float64Array, weights: Float64Array, place: number): Float64Array {
  const channels = table.length / weights.length;
  const variances = new Float64Array(channels);
  for (let row = 0; row + 1 < weights.length; row++) {
    if (weights[row] === 0 && weights[row + 1] === 0) continue;
    for (let channel = 0; channel < channels; channel++) {
      const step = (table[(row + 1) * channels + channel] ?? 0) - (table[row * channels + channel] ?? 0);
      variances[channel] = Math.max(variances[channel] ?? 0, place * step * step);
    }
  }
  return variances;
}
