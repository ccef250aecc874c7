import type { OnnxValue } from "../formats/onnx/model.js";
import type { OnnxEmitter } from "./onnx-emitter.js";
import type { OnnxOperand } from "./onnx-operations.js";

/** `range/block0`: the output with what {@link emitRange} says of a layer. */
export function rangeOutput(layer: string): string {
  return `range/${layer}`;
}

/**
 * What there is to know of a value's numbers, for one picture, as [1, 4]: the smallest, the largest, the sum of their squares, and the largest sum of
 * squares of one vector (of channels, or of features). Four numbers leave the runtime where the value would be millions.
 */
export function emitRange(emit: OnnxEmitter, layer: string, { name: value, shape }: OnnxOperand): OnnxValue {
  const name = rangeOutput(layer);
  const one = emit.ints([1]);
  const reduced = (part: string, opType: string, from = value): string => {
    const number = emit.node(`${name}/${part}`, opType, [from], { keepdims: { int: 0 } });
    return emit.node(`${name}/${part}/number`, "Reshape", [number, one]);
  };
  // Channels stand behind the batch.
  const vectors = emit.node(`${name}/vectors`, "ReduceSumSquare", [value], {
    axes: { ints: [Math.min(1, shape.length - 1)] },
  });
  const numbers = [
    reduced("low", "ReduceMin"),
    reduced("high", "ReduceMax"),
    reduced("squares", "ReduceSumSquare"),
    reduced("longest", "ReduceMax", vectors),
  ];
  const joined = emit.node(`${name}/joined`, "Concat", numbers, { axis: { int: 0 } });
  emit.node(name, "Reshape", [joined, emit.ints([1, numbers.length])]);
  return { name, shape: [1, numbers.length], doc: `Range of ${layer}.` };
}
