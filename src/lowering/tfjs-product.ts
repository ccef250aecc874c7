import type { TfjsAttribute } from "../formats/tfjs/graph-model.js";
import { attribute, type Emitter } from "./tfjs-emitter.js";

/** The tfjs node of a filter or matrix. */
export interface Weights {
  readonly name: string;
  /** Where the node holds an int8 parameter's codes: what to multiply the channels of the result by. */
  readonly scales?: string;
}

export interface ProductOperands {
  readonly x: string;
  readonly weights: Weights;
  readonly bias: string | undefined;
}

const BIAS = { fused_ops: attribute.texts(["BiasAdd"]), num_args: attribute.int(1) };

/** A convolution or a matrix product, a bias fused into it; where its second operand is codes, the channels are scaled before the bias. */
export function emitProduct(
  emit: Emitter,
  name: string,
  op: "MatMul" | "Conv2D",
  { x, weights, bias }: ProductOperands,
  geometry: Readonly<Record<string, TfjsAttribute>> = {},
): string {
  if (weights.scales === undefined) {
    return bias === undefined
      ? emit.node(name, op, [x, weights.name], geometry)
      : emit.node(name, `_Fused${op}`, [x, weights.name, bias], { ...geometry, ...BIAS });
  }
  const sums = emit.node(`${name}/sums`, op, [x, weights.name], geometry);
  if (bias === undefined) return emit.node(name, "Mul", [sums, weights.scales]);
  return emit.node(name, "AddV2", [emit.node(`${name}/scaled`, "Mul", [sums, weights.scales]), bias]);
}
