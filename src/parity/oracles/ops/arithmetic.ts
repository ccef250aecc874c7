import type { Steps, Tensor64 } from "../../../runtime/reference/tensor64.js";
import { broadcast } from "../broadcast.js";
import { type Call, isInteger, type Kernels, operand, refuse, typeOf } from "../call.js";

type Binary = (a: number, b: number) => number;

/** The same for numbers of any type. Comparisons give 0 or 1. */
const PLAIN: Readonly<Record<string, Binary>> = {
  Add: (a, b) => a + b,
  AddV2: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  MulNoNan: (a, b) => (b === 0 ? 0 : a * b),
  Maximum: Math.max,
  Minimum: Math.min,
  Pow: (a, b) => a ** b,
  SquaredDifference: (a, b) => (a - b) * (a - b),
  FloorMod: (a, b) => a - Math.floor(a / b) * b,
  Mod: (a, b) => a % b,
  TruncateMod: (a, b) => a % b,
  FloorDiv: (a, b) => Math.floor(a / b),
  DivNoNan: (a, b) => (b === 0 ? 0 : a / b),
  RealDiv: (a, b) => a / b,
  TruncateDiv: (a, b) => Math.trunc(a / b),
  Equal: (a, b) => Number(a === b),
  NotEqual: (a, b) => Number(a !== b),
  Less: (a, b) => Number(a < b),
  LessEqual: (a, b) => Number(a <= b),
  Greater: (a, b) => Number(a > b),
  GreaterEqual: (a, b) => Number(a >= b),
  LogicalAnd: (a, b) => Number(a !== 0 && b !== 0),
  LogicalOr: (a, b) => Number(a !== 0 || b !== 0),
};

/** Ops whose divisor must not be 0 when it is an integer. */
const DIVISIONS: ReadonlySet<string> = new Set(["Div", "FloorDiv", "TruncateDiv", "FloorMod", "Mod", "TruncateMod"]);

function binary(f: Binary): (call: Call) => Steps {
  return (call) => {
    const [a, b] = [operand(call, 0), operand(call, 1)];
    if (DIVISIONS.has(call.node.op) && isInteger(typeOf(call, "T")) && b.data.includes(0)) {
      refuse(call, "integers other than 0 to divide by", "0");
    }
    return broadcast(call, a, b, f);
  };
}

/** C's division: of integers towards zero. */
function div(call: Call): Steps {
  return binary(isInteger(typeOf(call, "T")) ? (a, b) => Math.trunc(a / b) : (a, b) => a / b)(call);
}

/** All inputs, of one shape. */
function* addN(call: Call): Steps {
  let sum: Tensor64 = operand(call, 0);
  for (const next of call.inputs.slice(1)) sum = yield* broadcast(call, sum, next, (a, b) => a + b);
  return sum;
}

/** min(max(t, low), high), the limits broadcast. */
function* clipByValue(call: Call): Steps {
  const raised = yield* broadcast(call, operand(call, 0), operand(call, 1), Math.max);
  return yield* broadcast(call, raised, operand(call, 2), Math.min);
}

/** Of two operands, with broadcasting: https://www.tensorflow.org/api_docs/python/tf/raw_ops */
export const ARITHMETIC: Kernels = {
  ...Object.fromEntries(Object.entries(PLAIN).map(([name, f]) => [name, binary(f)])),
  Div: div,
  AddN: addN,
  ClipByValue: clipByValue,
};
