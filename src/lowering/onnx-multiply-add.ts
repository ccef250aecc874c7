import type { OnnxEmitter } from "./onnx-emitter.js";
import type { OnnxOperand } from "./onnx-operations.js";

/** x [n, c, h, w] * factor + addend; vectors [c], [1, c] or [n, c]. */
export function emitMultiplyAdd(
  emit: OnnxEmitter,
  name: string,
  x: string,
  factor: OnnxOperand,
  addend: OnnxOperand,
): string {
  const spread = (what: string, { name: vector, shape }: OnnxOperand): string => {
    const extents = [shape.length === 1 ? 1 : 0, shape.at(-1) ?? 1, 1, 1];
    return emit.node(`${name}/${what}`, "Reshape", [vector, emit.ints(extents)]);
  };
  const scaled = emit.node(`${name}/scaled`, "Mul", [x, spread("factors", factor)]);
  return emit.node(name, "Add", [scaled, spread("addends", addend)]);
}
