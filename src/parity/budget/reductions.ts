import { type Call, forEachArithmetic, operandAt, scaledSpreadAt } from "./call.js";
import { type Field, mixed, uniform } from "./field.js";
import { lineSquare, roundingVariance, summationVariance } from "./rounding.js";
import type { Spread } from "./spread.js";
import { numberAt } from "./vectors.js";

/**
 * The sum over all positions. Independent errors add in squares; those that positions share are taken to be one and the same, so they add up: those of
 * rounded weights do where their operand has one sign, as behind a relu. What only neighbours share is so overestimated.
 * The running sum is rounded at each position, less often where numbers are zero.
 */
export function sumPoolSpread(call: Call): Spread[] {
  const { mean, square } = call.moments;
  const { positions, density, square: squareOfX, width } = operandAt(call, 0).moments;
  const summed = (field: Field, factor: number) =>
    uniform(
      call.moments,
      field.channels.map((variance) => variance * factor),
    );
  return forEachArithmetic(call, ({ unitRoundoff, accumulatorRoundoff }, which) => {
    const { fresh, carried, scale } = scaledSpreadAt(call, 0, which);
    const rounded = square.map((each, index) => {
      const terms = positions * (density[Math.floor(index / width)] ?? 1);
      const line = lineSquare(0, mean[index] ?? 0, each);
      const products = positions * (squareOfX[index] ?? 0);
      const sum = summationVariance(roundingVariance(accumulatorRoundoff), terms, line, products);
      return sum + roundingVariance(unitRoundoff) * each;
    });
    const own = uniform(call.moments, rounded);
    return { scale, fresh: mixed([summed(fresh, positions), own]), carried: summed(carried, positions ** 2) };
  });
}

/**
 * The dot product of each row with another: an error of one factor counts by the other, and channels are independent. A relative error that all
 * numbers of an operand share is one of the result.
 */
export function rowDotSpread(call: Call): Spread[] {
  const [a, b] = [operandAt(call, 0), operandAt(call, 1)];
  const { rows, mean, square } = call.moments;
  const { width } = a.moments;
  const perRow = (f: (row: number, channel: number) => number) =>
    Float64Array.from({ length: rows }, (_, row) => {
      let sum = 0;
      for (let channel = 0; channel < width; channel++) sum += f(row, channel);
      return sum;
    });
  const squares = perRow((row, channel) => (numberAt(a, row, channel) * numberAt(b, row, channel)) ** 2);

  return forEachArithmetic(call, ({ unitRoundoff, accumulatorRoundoff }, which) => {
    const [ofA, ofB] = [scaledSpreadAt(call, 0, which), scaledSpreadAt(call, 1, which)];
    const inherited = (part: "fresh" | "carried") =>
      perRow(
        (row, channel) =>
          numberAt(b, row, channel) ** 2 * varianceOf(ofA[part], row, channel) +
          numberAt(a, row, channel) ** 2 * varianceOf(ofB[part], row, channel),
      );
    const rounded = square.map((each, row) => {
      const rho2 = roundingVariance(accumulatorRoundoff);
      // Each product is rounded, and so is each sum.
      const sum = summationVariance(rho2, width, lineSquare(0, mean[row] ?? 0, each), squares[row] ?? 0);
      return sum + rho2 * (squares[row] ?? 0) + roundingVariance(unitRoundoff) * each;
    });
    return {
      scale: Float64Array.from({ length: rows }, (_, row) => (ofA.scale?.[row] ?? 0) + (ofB.scale?.[row] ?? 0)),
      fresh: mixed([uniform(call.moments, inherited("fresh")), uniform(call.moments, rounded)]),
      carried: uniform(call.moments, inherited("carried")),
    };
  });
}

function varianceOf({ channels, width }: Field, row: number, channel: number): number {
  return channels[row * width + channel] ?? 0;
}
