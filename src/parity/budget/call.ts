import type { OperationName } from "../../graph/graph.js";
import type { Tensor64 } from "../../runtime/reference/tensor64.js";
import type { Arithmetic } from "./arithmetic.js";
import { type Field, scaledBy } from "./field.js";
import type { Moments } from "./moments.js";
import { absorbed, type Spread } from "./spread.js";

/** An input of a node, as the rules see it. */
export interface Operand {
  readonly value: Tensor64;
  /** One for each arithmetic. */
  readonly spreads: readonly Spread[];
  readonly moments: Moments;
  readonly producer: OperationName;
  /** For a parameter: whether it was computed (spectral norm folded), so that float32 has to round it. */
  readonly computed: boolean;
}

/** A node that has just been computed in float64, and what is known of its inputs. */
export interface Call {
  readonly arithmetics: readonly Arithmetic[];
  readonly operands: readonly Operand[];
  readonly value: Tensor64;
  readonly moments: Moments;
}

export function operandAt({ operands }: Call, position: number): Operand {
  const operand = operands[position];
  if (operand === undefined) throw new Error(`error budget: expected an operand ${position}, found ${operands.length}`);
  return operand;
}

/** The spread of one operand in one arithmetic, all in its fields. */
export function spreadAt(call: Call, position: number, which: number): Spread {
  return absorbed(scaledSpreadAt(call, position, which), operandAt(call, position).moments.squares);
}

/** The spread of one operand with its shared relative error apart, for rules that pass it on as one. */
export function scaledSpreadAt(call: Call, position: number, which: number): Spread {
  const spread = operandAt(call, position).spreads[which];
  if (spread === undefined) throw new Error(`error budget: operand ${position} has no spread ${which}`);
  return spread;
}

/** One spread for each arithmetic. */
export function forEachArithmetic(call: Call, rule: (arithmetic: Arithmetic, which: number) => Spread): Spread[] {
  return call.arithmetics.map(rule);
}

/** What one rounding of the value leaves. */
export function roundingOf({ moments }: Call, rho2: number): Field {
  return scaledBy(moments.squares, () => rho2);
}
