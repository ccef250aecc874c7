import type { Steps } from "../../../runtime/reference/tensor64.js";
import { elementwise } from "../broadcast.js";
import { type Call, floatOf, isInteger, type Kernels, operand, typeOf } from "../call.js";

type Unary = (value: number) => number;

/** To the nearest integer, halves to the even one: as TensorFlow and IEEE 754 round. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const above = value - floor;
  if (above !== 0.5) return above < 0.5 ? floor : floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}

const PLAIN: Readonly<Record<string, Unary>> = {
  Neg: (x) => -x,
  Abs: Math.abs,
  Exp: Math.exp,
  Expm1: Math.expm1,
  Log: Math.log,
  Log1p: Math.log1p,
  Sign: Math.sign,
  Floor: Math.floor,
  Ceil: Math.ceil,
  Round: roundHalfEven,
  Rint: roundHalfEven,
  Rsqrt: (x) => 1 / Math.sqrt(x),
  Sqrt: Math.sqrt,
  Square: (x) => x * x,
  Reciprocal: (x) => 1 / x,
  Inv: (x) => 1 / x,
  LogicalNot: (x) => Number(x === 0),
  Relu: (x) => Math.max(x, 0),
  Relu6: (x) => Math.min(Math.max(x, 0), 6),
  Elu: (x) => (x < 0 ? Math.expm1(x) : x),
  Softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  Tanh: Math.tanh,
  Sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  ZerosLike: () => 0,
  OnesLike: () => 1,
  IsFinite: (x) => Number(Number.isFinite(x)),
  IsNan: (x) => Number(Number.isNaN(x)),
};

/**
 * To an integer type: towards zero. To a narrower floating-point type: unchanged, because the question is what the graph means in exact
 * arithmetic, and float32 and float64 are both stand-ins for that.
 */
function cast(call: Call): Steps {
  const to = typeOf(call, "DstT");
  if (to === "bool") return elementwise(call, operand(call, 0), (x) => Number(x !== 0));
  return elementwise(call, operand(call, 0), isInteger(to) && !isInteger(typeOf(call, "SrcT")) ? Math.trunc : (x) => x);
}

function leakyRelu(call: Call): Steps {
  const alpha = floatOf(call, "alpha", 0.2);
  return elementwise(call, operand(call, 0), (x) => (x > 0 ? x : alpha * x));
}

/** Of one operand. */
export const ELEMENTWISE: Kernels = {
  ...Object.fromEntries(
    Object.entries(PLAIN).map(([name, f]) => [name, (call: Call) => elementwise(call, operand(call, 0), f)]),
  ),
  Cast: cast,
  LeakyRelu: leakyRelu,
};
