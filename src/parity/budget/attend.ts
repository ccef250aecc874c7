import { softmax } from "../../runtime/reference/softmax.js";
import { type Steps, sequenceOf, type Tensor64 } from "../../runtime/reference/tensor64.js";
import type { Arithmetic } from "./arithmetic.js";
import { type Call, operandAt, spreadAt } from "./call.js";
import { mixed, placed, uniform } from "./field.js";
import { functionVariance, lineSquare, roundingVariance, summationVariance } from "./rounding.js";
import { type Spread, varianceAt, whole } from "./spread.js";

/** Queries of an image that are looked at; of more than these, evenly spread ones stand for their neighbours to the right. */
const QUERIES = 1024;

/** One query's attention a over the keys. */
interface Attention {
  /** [d]: sum a (k - mean of k)^2. */
  readonly keys: Float64Array;
  /** [e]: sum a (v - o)^2, o being the query's result. */
  readonly values: Float64Array;
  /** sum a^2: 1 when one key has all the attention, 1 / keys when all share it. */
  readonly focus: number;
}

/**
 * o = sum a v, a = softmax(q k). Errors d of the logits change o by sum a (d - mean of d) (v - o), whose square is at most
 * (sum a (d - mean)^2) (sum a (v - o)^2): the logits' variance under the attention, which an error of q has from the keys it meets
 * and an error of k from q, times the scatter of the values. A query torn between unlike keys has a large one, so queries are looked
 * at one by one. Errors of the values are averaged by a.
 */
export function* attendSpread(call: Call): Steps<Spread[]> {
  const [queries, keys, values] = [operandAt(call, 0), operandAt(call, 1), operandAt(call, 2)];
  const { rows, width, positions, square } = call.moments;
  const extents = { rows, width, positions };
  const depth = queries.moments.width;
  const memories = keys.moments.positions;
  const logits = call.arithmetics.map((arithmetic, which) => logitVariance(call, arithmetic, which));
  const channels = logits.map(() => new Float64Array(rows * width));
  const places = logits.map(() => new Float64Array(rows * positions));
  const focus = new Float64Array(rows);

  const step = Math.max(1, Math.floor(positions / QUERIES));
  for (let at = 0, neighbours = 0; at < rows * positions; at += neighbours) {
    neighbours = Math.min(step, positions - (at % positions));
    const row = Math.floor(at / positions);
    const query = queries.value.data.subarray(at * depth, (at + 1) * depth);
    const attention = attentionOf(query, row, keys.value, values.value);
    focus[row] = (focus[row] ?? 0) + (attention.focus * neighbours) / positions;
    for (const [which, variance] of logits.entries()) {
      const ofLogits = variance(at, query, attention.keys);
      const sums = channels[which]?.subarray(row * width, (row + 1) * width) ?? new Float64Array();
      let total = 0;
      for (let e = 0; e < width; e++) {
        const passed = ofLogits * (attention.values[e] ?? 0);
        sums[e] = (sums[e] ?? 0) + (passed * neighbours) / positions;
        total += passed;
      }
      places[which]?.fill(total, at, at + neighbours);
    }
    yield;
  }

  return call.arithmetics.map((arithmetic, which) => {
    const sums2 = roundingVariance(arithmetic.accumulatorRoundoff);
    const ofTotal = sums2 * (memories / 3) + functionVariance(arithmetic, arithmetic.ulps.divide);
    const ofValues = spreadAt(call, 2, which);
    const averaged = ofValues.fresh.channels.map((each, index) => each * (focus[Math.floor(index / width)] ?? 1));
    const summed = square.map((each, index) => {
      const products = (focus[Math.floor(index / width)] ?? 1) * (values.moments.square[index] ?? 0);
      const rounded = roundingVariance(arithmetic.unitRoundoff) * each;
      return summationVariance(sums2, memories, lineSquare(0, 0, each), products) + ofTotal * each + rounded;
    });
    return {
      fresh: mixed([uniform(extents, averaged), uniform(extents, summed)]),
      carried: mixed([
        placed(extents, channels[which] ?? new Float64Array(rows * width), places[which] ?? new Float64Array()),
        uniform(extents, ofValues.carried.channels),
      ]),
    };
  });
}

type LogitVariance = (at: number, query: Float64Array, ofKeys: Float64Array) => number;

/** The variance of one query's logits in an arithmetic, given how its keys vary under its attention. */
function logitVariance(call: Call, arithmetic: Arithmetic, which: number): LogitVariance {
  const { width: depth, positions } = operandAt(call, 0).moments;
  const { square, positions: memories } = operandAt(call, 1).moments;
  const [ofQueries, ofKeys] = [spreadAt(call, 0, which), spreadAt(call, 1, which)];
  const { places } = whole(ofQueries);
  const sums2 = roundingVariance(arithmetic.accumulatorRoundoff);
  const rho2 = roundingVariance(arithmetic.unitRoundoff);
  const { constant, slope } = arithmetic.ulps.exp;
  // exp is taken of x = logit - largest logit, and the mean of |x| under the attention is at most the logarithm of the keys.
  const ofExp = functionVariance(arithmetic, constant + slope * Math.log(memories));
  return (at, query, varied) => {
    const row = Math.floor(at / positions);
    let [propagated, products] = [0, 0];
    for (let d = 0; d < depth; d++) {
      const q2 = (query[d] ?? 0) ** 2;
      const ofQuery = varianceAt(ofQueries, row, d) * (places[at] ?? 1);
      propagated += ofQuery * (varied[d] ?? 0) + varianceAt(ofKeys, row, d) * q2;
      products += q2 * (square[row * depth + d] ?? 0);
    }
    return propagated + summationVariance(sums2, depth, lineSquare(0, 0, products), products) + rho2 * products + ofExp;
  };
}

/** The attention of a query of image `row`, computed anew: the reference keeps no map. */
function attentionOf(query: Float64Array, row: number, keys: Tensor64, values: Tensor64): Attention {
  const { positions: memories, width: depth } = sequenceOf(keys);
  const weights = new Float64Array(memories);
  for (let m = 0; m < memories; m++) {
    const start = (row * memories + m) * depth;
    let logit = 0;
    for (let d = 0; d < depth; d++) logit += (query[d] ?? 0) * (keys.data[start + d] ?? 0);
    weights[m] = logit;
  }
  softmax(weights);
  return {
    keys: varianceUnder(weights, keys, row),
    values: varianceUnder(weights, values, row),
    focus: weights.reduce((sum, weight) => sum + weight * weight, 0),
  };
}

/** Weights so small that 2^20 of them do not show beside the others. */
const NEGLIGIBLE = 2 ** -40;

/** [width]: how far the entries of a sequence are spread around their mean under weights that sum to 1. */
function varianceUnder(weights: Float64Array, sequence: Tensor64, row: number): Float64Array {
  const { positions, width } = sequenceOf(sequence);
  const [means, squares] = [new Float64Array(width), new Float64Array(width)];
  for (let m = 0; m < positions; m++) {
    const weight = weights[m] ?? 0;
    if (weight < NEGLIGIBLE) continue;
    const start = (row * positions + m) * width;
    for (let e = 0; e < width; e++) {
      const value = sequence.data[start + e] ?? 0;
      means[e] = (means[e] ?? 0) + weight * value;
      squares[e] = (squares[e] ?? 0) + weight * value * value;
    }
  }
  return squares.map((each, e) => Math.max(0, each - (means[e] ?? 0) ** 2));
}
