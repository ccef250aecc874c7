import type { Steps } from "../../runtime/reference/tensor64.js";
import type { Arithmetic, Folding } from "./arithmetic.js";
import { type Call, forEachArithmetic, type Operand, operandAt, roundingOf, scaledSpreadAt, spreadAt } from "./call.js";
import { type Field, mixed, placed, scaledBy, uniform } from "./field.js";
import { underFilter } from "./layout.js";
import type { Moments } from "./moments.js";
import { type Carriage, carryThrough, type Filter } from "./product.js";
import { lineSquare, roundingVariance, spectralNormVariance, summationVariance } from "./rounding.js";
import { scaleOfSum } from "./scale.js";
import { type Spread, varianceAt } from "./spread.js";
import { statisticsVariance } from "./truncation.js";

/** How positions of the result come from those of the operand. */
export interface Geometry {
  /** Of each position, or of each phase of a result that has several positions for one of the operand. */
  readonly filters: readonly [Filter, ...Filter[]];
  /** What a position of the result sees of the operand's field. */
  readonly around: (field: Field) => Field;
  /** Products that are summed for one number: as many as the filter has, when not given. */
  readonly terms?: number;
  /** Squares of what is summed, over those of the filters' own products: 1 when not given. */
  readonly energy?: number;
  readonly bias: Operand | undefined;
}

/**
 * A convolution or matrix product x w + bias. What was fresh becomes carried, for neighbouring sums share the inputs it came from.
 * Rounding the sum is fresh; rounding the weights is carried, being the same at every position. An error of their common factor
 * 1 / sigma scales all channels alike, and the next filters too see it as one factor.
 */
export function* productSpread(call: Call, geometry: Geometry = plainGeometry(call)): Steps<Spread[]> {
  const [x, weights] = [operandAt(call, 0), operandAt(call, 1)];
  const { rows, width, positions, square } = call.moments;
  const extents = { rows, width, positions };
  const { filters, around, energy = 1, bias } = geometry;
  const [filter] = filters;
  const most = geometry.terms ?? filter.taps * filter.in;
  const selects = x.producer === "truncationWeights";

  const squares = around(x.moments.squares);
  const inputs = call.arithmetics.map((_, which) => {
    const { fresh, carried, scale } = scaledSpreadAt(call, 0, which);
    return { fresh: around(fresh), carried: around(carried), scale };
  });
  const carriages = selects
    ? []
    : inputs.flatMap(({ fresh, carried }): Carriage[] => [
        { variances: fresh.channels, between: "independent" },
        { variances: carried.channels, between: "shared" },
      ]);
  const results = yield* carryThroughAll(filters, rows, [
    { variances: squares.channels, between: "independent" },
    { variances: variation(x.moments), between: "shared" },
    ...carriages,
  ]);
  const resultAt = (index: number) => results[index] ?? new Float64Array(rows * width);
  const products = resultAt(0);
  const alignment = alignmentOf(call.moments, resultAt(1));

  const unbiased = square.map((each, index) => {
    const start = bias?.value.data[index % width] ?? 0;
    return Math.max(0, each - 2 * start * (call.moments.mean[index] ?? 0) + start * start);
  });

  return forEachArithmetic(call, (arithmetic, which) => {
    const sums2 = roundingVariance(arithmetic.accumulatorRoundoff);
    const relative = weightVariance(arithmetic, weights, filter);
    const summed = products.map((product, index) => {
      const terms = most * (x.moments.density[Math.floor(index / width)] ?? 1);
      const start = bias?.value.data[index % width] ?? 0;
      const line = lineSquare(start, call.moments.mean[index] ?? 0, square[index] ?? 0);
      return summationVariance(sums2, terms, line, energy * product);
    });
    const own = products.map((product) => relative.each * energy * product);
    const scale = new Float64Array(rows).map((_, row) => relative.common + (inputs[which]?.scale?.[row] ?? 0));
    const ofBias = bias?.spreads[which];
    const biases = Float64Array.from({ length: rows * width }, (_, index) =>
      ofBias === undefined ? 0 : varianceAt(ofBias, Math.floor(index / width), index % width),
    );
    const place = spreadAt(call, 0, which).carried.channels[0] ?? 0;
    const inherited = selects
      ? [uniform(extents, statisticsVariance(weights.value.data, x.value.data, place))]
      : [
          placed(extents, resultAt(2 + 2 * which), inputs[which]?.fresh.places ?? squares.places),
          scaledBy(
            placed(extents, resultAt(3 + 2 * which), inputs[which]?.carried.places ?? squares.places),
            (row, channel) => alignment[row * width + channel] ?? 1,
          ),
        ];
    return {
      scale: scaleOfSum(call.moments, [{ scale, energies: unbiased }]),
      fresh: mixed([
        placed(extents, summed, squares.places),
        roundingOf(call, roundingVariance(arithmetic.unitRoundoff)),
      ]),
      carried: mixed([placed(extents, own, squares.places), uniform(extents, biases), ...inherited]),
    };
  });
}

/**
 * Channels of carried errors are not independent: they went through the same filters as the signal, and a trained filter looks along
 * the directions in which its input varies. So its output varies more over the positions than independent channels would make it
 * (`expected`), and carried errors are taken to gain as much: they keep their size relative to what the image varies by. The gain of
 * a channel is the geometric mean of its own and of the whole filter's: few positions give a channel's own by chance, and not all channels need be
 * trained (of biggan-deep's last 128, 3 are). [rows, width], each gain at least 1.
 */
function alignmentOf(moments: Moments, expected: Float64Array): Float64Array {
  const { rows, width, positions } = moments;
  if (positions === 1) return new Float64Array(expected.length).fill(1);
  const found = variation(moments);
  const total = (values: Float64Array, row: number) =>
    values.subarray(row * width, (row + 1) * width).reduce((sum, each) => sum + each, 0);
  const gain = (varied: number, independent: number) => (independent > 0 ? Math.max(1, varied / independent) : 1);
  const ofFilter = Array.from({ length: rows }, (_, row) => gain(total(found, row), total(expected, row)));
  return expected.map((independent, index) =>
    Math.sqrt(gain(found[index] ?? 0, independent) * (ofFilter[Math.floor(index / width)] ?? 1)),
  );
}

/** [rows, width]: how much each channel varies over the positions of its image. */
function variation({ mean, square }: Moments): Float64Array {
  return square.map((each, index) => Math.max(0, each - (mean[index] ?? 0) ** 2));
}

/** {@link carryThrough} each filter: the means over the phases. */
function* carryThroughAll(
  filters: Geometry["filters"],
  rows: number,
  carriages: readonly Carriage[],
): Steps<Float64Array[]> {
  const means = carriages.map(() => new Float64Array(rows * filters[0].out));
  for (const filter of filters) {
    for (const [at, variances] of (yield* carryThrough(filter, rows, carriages)).entries()) {
      const sums = means[at];
      if (sums !== undefined)
        for (const [i, each] of variances.entries()) sums[i] = (sums[i] ?? 0) + each / filters.length;
    }
  }
  return means;
}

/** A position sees what is under the filter around it; in a matrix product, itself. */
function plainGeometry(call: Call): Geometry {
  const [x, weights] = [operandAt(call, 0), operandAt(call, 1)];
  const [n, h, w, c] = call.value.shape;
  const around = (field: Field): Field => {
    if (n === undefined || h === undefined || w === undefined || c === undefined) return field;
    return underFilter(field, { n, h, w }, weights.value.shape[0] ?? 1);
  };
  return { filters: [filterOf(weights, x.moments.width)], around, bias: call.operands[2] };
}

function filterOf({ value }: Operand, width: number): Filter {
  const out = value.shape.at(-1) ?? 1;
  return { data: value.data, in: width, out, taps: value.data.length / (width * out) };
}

/** Variances of the weights' relative errors: of each on its own, and of the factor that all share. */
function weightVariance(
  { weightRoundoff, accumulatorRoundoff, folding }: Arithmetic,
  { computed }: Operand,
  { taps, in: width, out }: Filter,
): { readonly each: number; readonly common: number } {
  const sigmaVariance = ({ lanes, allowance }: Folding) =>
    allowance ** 2 * spectralNormVariance(roundingVariance(accumulatorRoundoff), taps * width, out, lanes);
  return {
    each: computed || weightRoundoff > 2 ** -24 ? roundingVariance(weightRoundoff) : 0,
    common: computed && folding !== undefined ? sigmaVariance(folding) : 0,
  };
}
