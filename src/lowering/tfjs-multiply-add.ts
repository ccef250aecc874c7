import type { Emitter } from "./tfjs-emitter.js";

/** The tfjs nodes of an image [n, h, w, c] and of two vectors [c], [1, c] or [n, c]. */
export interface MultiplyAddOperands {
  readonly x: string;
  readonly channels: number;
  readonly factor: string;
  readonly addend: string;
}

/** x * factor + addend: the vectors become [n, 1, 1, c], or [1, 1, 1, c], which tfjs spreads over the image. */
export function emitMultiplyAdd(
  emit: Emitter,
  name: string,
  { x, channels, factor, addend }: MultiplyAddOperands,
): string {
  const perChannel = emit.ints(`${name}/perChannel`, [-1, 1, 1, channels]);
  const factors = emit.node(`${name}/factors`, "Reshape", [factor, perChannel]);
  const addends = emit.node(`${name}/addends`, "Reshape", [addend, perChannel]);
  return emit.node(name, "AddV2", [emit.node(`${name}/scaled`, "Mul", [x, factors]), addends]);
}

/** The tfjs nodes of a batch norm's operands; vectors as above. */
export interface BatchNormOperands {
  readonly x: string;
  readonly channels: number;
  readonly mean: string;
  readonly variance: string;
  readonly gain: string;
  readonly offset: string;
  readonly epsilon: number;
}

/**
 * x * s + (offset - mean * s), s = gain * rsqrt(variance + epsilon). Everything but the first product and sum is on [n, c]
 * or [1, c], so an image of any size costs one multiply-add.
 */
export function emitBatchNorm(emit: Emitter, name: string, operands: BatchNormOperands): string {
  const { x, channels, mean, variance, gain, offset, epsilon } = operands;
  const inverse = emitInverseDeviation(emit, `${name}/inverse`, variance, epsilon);
  const factor = emit.node(`${name}/slope`, "Mul", [inverse, gain]);
  const addend = emit.node(`${name}/shift`, "Sub", [offset, emit.node(`${name}/centre`, "Mul", [mean, factor])]);
  return emitMultiplyAdd(emit, name, { x, channels, factor, addend });
}

/** 1 / sqrt(x + epsilon). */
export function emitInverseDeviation(emit: Emitter, name: string, x: string, epsilon: number): string {
  const padded = emit.node(`${name}/padded`, "AddV2", [x, emit.floats(`${name}/epsilon`, [epsilon], [])]);
  return emit.node(name, "Rsqrt", [padded]);
}
