import type { Operation } from "../../graph/graph.js";
import type { Steps } from "../../runtime/reference/tensor64.js";
import { attendSpread } from "./attend.js";
import { batchNormSpread } from "./batch-norm.js";
import { type Call, forEachArithmetic, operandAt, roundingOf, scaledSpreadAt, spreadAt } from "./call.js";
import { gated, mixed, scaledBy, uniform, worstOf } from "./field.js";
import { growingConvSpread, tapConvSpread } from "./growing-conv.js";
import { averagePoolSpread, concatSpread, poolSpread, reshapeSpread, sliceSpread, upsampleSpread } from "./layout.js";
import { productSpread } from "./linear.js";
import { pairConvSpread } from "./pair-conv.js";
import { rowDotSpread, sumPoolSpread } from "./reductions.js";
import { functionVariance, roundingVariance } from "./rounding.js";
import { scaleOfSum } from "./scale.js";
import { exact, type Spread, varianceAt, whole } from "./spread.js";
import { truncationSpread } from "./truncation.js";
import { inverseDeviationSpread, multiplyAddSpread, vectorSpread } from "./vectors.js";

/** The spreads of a node's value, one for each arithmetic. */
export function* spreadsOf(operation: Operation, call: Call): Steps<readonly Spread[]> {
  switch (operation.op) {
    case "input":
      return inputSpread(call);
    case "parameter":
      throw new Error(`${operation.parameter}: a parameter is read, not computed`);
    case "truncationWeights":
      return truncationSpread(call, operation.grid);
    case "concat":
      return concatSpread(call);
    case "slice":
      return sliceSpread(call, operation.start, operation.size);
    case "reshape":
      return reshapeSpread(call);
    case "matmul":
    case "conv2d":
      return yield* productSpread(call);
    case "transposedConv2d":
    case "phaseConv2d":
      return yield* growingConvSpread(call);
    case "tapConv2d":
      return yield* tapConvSpread(call);
    case "pairConv2d":
      return yield* pairConvSpread(call);
    case "multiplyAdd":
      return multiplyAddSpread(call);
    case "multiply":
    case "subtract":
      return vectorSpread(call, operation.op);
    case "inverseDeviation":
      return inverseDeviationSpread(call);
    case "batchNorm":
      return batchNormSpread(call, operation.epsilon);
    case "addScalar":
      return scaled(call, 1);
    case "scale":
      return scaledByParameter(call);
    case "add":
      return added(call);
    case "relu":
      return relu(call);
    case "tanh":
      return tanh(call);
    case "upsample2x":
      return upsampleSpread(call);
    case "maxPool2x2":
      return poolSpread(call);
    case "averagePool2x2":
      return averagePoolSpread(call);
    case "sumPool":
      return sumPoolSpread(call);
    case "rowDot":
      return rowDotSpread(call);
    case "attend":
      return yield* attendSpread(call);
  }
}

/** Inputs are float32 numbers by definition: only a narrower format rounds them. */
function inputSpread(call: Call): Spread[] {
  return forEachArithmetic(call, ({ unitRoundoff }) => {
    if (unitRoundoff <= 2 ** -24) return exact(call.moments);
    return { ...exact(call.moments), fresh: roundingOf(call, roundingVariance(unitRoundoff)) };
  });
}

/** An operation that scales errors by `factor` and rounds its result. */
function scaled(call: Call, factor: number): Spread[] {
  return forEachArithmetic(call, ({ unitRoundoff }, which) => {
    const { fresh, carried } = spreadAt(call, 0, which);
    const rounding = roundingOf(call, roundingVariance(unitRoundoff));
    return {
      fresh: mixed([scaledBy(fresh, () => factor ** 2), rounding]),
      carried: scaledBy(carried, () => factor ** 2),
    };
  });
}

function scaledByParameter(call: Call): Spread[] {
  const factor = operandAt(call, 1).value.data[0] ?? 0;
  return scaled(call, factor).map(({ fresh, carried }, which) => {
    const ofFactor = varianceAt(spreadAt(call, 1, which), 0, 0);
    return { fresh, carried: mixed([carried, scaledBy(operandAt(call, 0).moments.squares, () => ofFactor)]) };
  });
}

function added(call: Call): Spread[] {
  return forEachArithmetic(call, ({ unitRoundoff }, which) => {
    const [a, b] = [scaledSpreadAt(call, 0, which), scaledSpreadAt(call, 1, which)];
    const summands = [a, b].map(({ scale }, position) => ({
      scale,
      energies: operandAt(call, position).moments.square,
    }));
    return {
      scale: scaleOfSum(call.moments, summands),
      fresh: mixed([a.fresh, b.fresh, roundingOf(call, roundingVariance(unitRoundoff))]),
      carried: mixed([a.carried, b.carried]),
    };
  });
}

/** Errors pass where x is above 0. */
function relu(call: Call): Spread[] {
  const { data } = call.value;
  return forEachArithmetic(call, (_, which) => {
    const x = scaledSpreadAt(call, 0, which);
    const passes = (index: number) => (data[index] === 0 ? 0 : 1);
    const worst = worstRows(spreadAt(call, 0, which));
    return { scale: x.scale, fresh: gated(x.fresh, passes), carried: gated(x.carried, passes), worst };
  });
}

/** An error is multiplied by the slope 1 - y^2, which is 1 where y is 0: there, if anywhere, it is at its worst. */
function tanh(call: Call): Spread[] {
  const { data } = call.value;
  const { rows, width } = call.moments;
  return forEachArithmetic(call, (arithmetic, which) => {
    const { relative, absolute } = arithmetic.ulps.tanh;
    const ofOne = functionVariance(arithmetic, absolute);
    const ofSize = functionVariance(arithmetic, relative);
    const x = spreadAt(call, 0, which);
    const slope2 = (index: number) => (1 - (data[index] ?? 0) ** 2) ** 2;
    const own = [roundingOf(call, ofSize), uniform(call.moments, new Float64Array(rows * width).fill(ofOne))] as const;
    return {
      fresh: mixed([gated(x.fresh, slope2), ...own]),
      carried: gated(x.carried, slope2),
      worst: worstRows(x).map((worst) => worst + ofSize + ofOne),
    };
  });
}

function worstRows(spread: Spread): Float64Array {
  const field = whole(spread);
  return Float64Array.from({ length: field.rows }, (_, row) => worstOf(field, row));
}
