import { type Call, forEachArithmetic, type Operand, operandAt, scaledSpreadAt, spreadAt } from "./call.js";
import { mixed, placed, scaledBy, uniform } from "./field.js";
import { functionVariance, roundingVariance } from "./rounding.js";
import { scaleOfSum } from "./scale.js";
import { entryOf, type Spread, varianceAt } from "./spread.js";

/** A number of a vector [c], [1, c] or [n, c]. */
export function numberAt({ value, moments }: Operand, row: number, channel: number): number {
  return value.data[entryOf(moments, row, channel)] ?? 0;
}

/** y = x f + a: errors of x are scaled by f, those of f multiply x, and the product and the sum are rounded at each position. */
export function multiplyAddSpread(call: Call): Spread[] {
  const { rows, width, positions, square, squares } = call.moments;
  const extents = { rows, width, positions };
  const [x, factor] = [operandAt(call, 0), operandAt(call, 1)];
  const perChannel = (f: (row: number, channel: number, index: number) => number) =>
    Float64Array.from({ length: rows * width }, (_, index) => f(Math.floor(index / width), index % width, index));
  const factor2 = (row: number, channel: number) => numberAt(factor, row, channel) ** 2;
  const scaled = perChannel((row, channel, index) => factor2(row, channel) * (x.moments.square[index] ?? 0));

  return forEachArithmetic(call, ({ unitRoundoff }, which) => {
    const rho2 = roundingVariance(unitRoundoff);
    const [ofX, ofFactor, ofAddend] = [
      scaledSpreadAt(call, 0, which),
      spreadAt(call, 1, which),
      spreadAt(call, 2, which),
    ];
    const rounded = scaled.map((each, index) => rho2 * (each + (square[index] ?? 0)));
    const own = perChannel(
      (row, channel, index) => varianceAt(ofFactor, row, channel) * (x.moments.square[index] ?? 0),
    );
    const added = perChannel((row, channel) => varianceAt(ofAddend, row, channel));
    return {
      scale: scaleOfSum(call.moments, [{ scale: ofX.scale, energies: scaled }]),
      fresh: mixed([scaledBy(ofX.fresh, factor2), placed(extents, rounded, squares.places)]),
      carried: mixed([
        scaledBy(ofX.carried, factor2),
        placed(extents, own, x.moments.squares.places),
        uniform(extents, added),
      ]),
    };
  });
}

/** How one operand's error passes to an entry of a vector, squared, given both operands' numbers. */
type Slope2 = (own: number, other: number) => number;

const SLOPES = { multiply: (_, other) => other ** 2, subtract: () => 1 } satisfies Record<string, Slope2>;

/** a * b or a - b, entry by entry. */
export function vectorSpread(call: Call, op: keyof typeof SLOPES): Spread[] {
  const { rows, width, square } = call.moments;
  const operands = [operandAt(call, 0), operandAt(call, 1)] as const;
  const slope2: Slope2 = SLOPES[op];
  return forEachArithmetic(call, ({ unitRoundoff }, which) => {
    const spreads = [spreadAt(call, 0, which), spreadAt(call, 1, which)] as const;
    const variances = Float64Array.from({ length: rows * width }, (_, index) => {
      const [row, channel] = [Math.floor(index / width), index % width];
      const [a, b] = [numberAt(operands[0], row, channel), numberAt(operands[1], row, channel)];
      const inherited =
        slope2(a, b) * varianceAt(spreads[0], row, channel) + slope2(b, a) * varianceAt(spreads[1], row, channel);
      return inherited + roundingVariance(unitRoundoff) * (square[index] ?? 0);
    });
    const fresh = uniform(call.moments, variances);
    return { fresh, carried: scaledBy(fresh, () => 0) };
  });
}

/** y = 1 / sqrt(x + epsilon): an error of x counts y^3 / 2; the sum is rounded, which counts half, and so is the root. */
export function inverseDeviationSpread(call: Call): Spread[] {
  const { square, width } = call.moments;
  return forEachArithmetic(call, (arithmetic, which) => {
    const own = functionVariance(arithmetic, arithmetic.ulps.rsqrt) + roundingVariance(arithmetic.unitRoundoff) / 4;
    const ofX = spreadAt(call, 0, which);
    const variances = square.map((y2, index) => {
      const inherited = (y2 ** 3 / 4) * varianceAt(ofX, Math.floor(index / width), index % width);
      return inherited + own * y2;
    });
    const fresh = uniform(call.moments, variances);
    return { fresh, carried: scaledBy(fresh, () => 0) };
  });
}
