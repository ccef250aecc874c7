import { type Call, forEachArithmetic, operandAt, scaledSpreadAt, spreadAt } from "./call.js";
import { mixed, placed, scaledBy, uniform } from "./field.js";
import { functionVariance, roundingVariance } from "./rounding.js";
import { scaleOfSum } from "./scale.js";
import { type Spread, varianceAt } from "./spread.js";
import { numberAt } from "./vectors.js";

/**
 * y = x s + t with s = gain / sqrt(var + epsilon), t = offset - mean s. Errors of x are scaled by s. Errors of s, mean and offset
 * are one for a whole image, that of s being multiplied by x - mean. New are the roundings of x s and of the sum, at each
 * position, and those of mean s and t, shared by all.
 */
export function batchNormSpread(call: Call, epsilon: number): Spread[] {
  const { rows, width, positions, squares } = call.moments;
  const extents = { rows, width, positions };
  const [x, mean, moment, gain] = [operandAt(call, 0), operandAt(call, 1), operandAt(call, 2), operandAt(call, 3)];
  const perChannel = (f: (row: number, channel: number, index: number) => number) =>
    Float64Array.from({ length: rows * width }, (_, index) => f(Math.floor(index / width), index % width, index));
  const padded = (row: number, channel: number) => numberAt(moment, row, channel) + epsilon;
  const slope2 = (row: number, channel: number) => numberAt(gain, row, channel) ** 2 / padded(row, channel);

  const centred = perChannel((row, channel, index) => {
    const m = numberAt(mean, row, channel);
    return Math.max(0, (x.moments.square[index] ?? 0) - 2 * m * (x.moments.mean[index] ?? 0) + m * m);
  });

  const scaled = perChannel((row, channel, index) => slope2(row, channel) * (x.moments.square[index] ?? 0));

  return forEachArithmetic(call, (arithmetic, which) => {
    const rho2 = roundingVariance(arithmetic.unitRoundoff);
    const ofRsqrt = functionVariance(arithmetic, arithmetic.ulps.rsqrt) + 2 * rho2;
    const [ofX, ofMean, ofVariance] = [
      scaledSpreadAt(call, 0, which),
      spreadAt(call, 1, which),
      spreadAt(call, 2, which),
    ];
    const [ofGain, ofOffset] = [spreadAt(call, 3, which), spreadAt(call, 4, which)];

    const rounded = scaled.map((each, index) => rho2 * (each + (call.moments.square[index] ?? 0)));
    const ofSlope = perChannel((row, channel, index) => {
      const relative = varianceAt(ofVariance, row, channel) / (4 * padded(row, channel) ** 2) + ofRsqrt;
      const own = varianceAt(ofGain, row, channel) / padded(row, channel) + slope2(row, channel) * relative;
      return own * (centred[index] ?? 0);
    });
    const ofShift = perChannel((row, channel) => {
      const m = numberAt(mean, row, channel);
      const inner = varianceAt(ofMean, row, channel) + 2 * rho2 * m * m;
      return slope2(row, channel) * inner + varianceAt(ofOffset, row, channel);
    });
    return {
      scale: scaleOfSum(call.moments, [{ scale: ofX.scale, energies: scaled }]),
      fresh: mixed([scaledBy(ofX.fresh, slope2), placed(extents, rounded, squares.places)]),
      carried: mixed([
        scaledBy(ofX.carried, slope2),
        placed(extents, ofSlope, squares.places),
        uniform(extents, ofShift),
      ]),
    };
  });
}
