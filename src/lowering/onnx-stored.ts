import type { Shape } from "../core/tensor.js";
import type { OnnxType } from "../formats/onnx/data-type.js";
import { type Layout, storedChannels, storedShape } from "../formats/onnx/layout.js";
import type { Parameter } from "../graph/graph.js";
import type { StoredPart } from "../storage/encode-parameter.js";
import type { Precision } from "../storage/plan.js";
import type { OnnxEmitter } from "./onnx-emitter.js";

/** What {@link emitStored} needs of an emission. */
interface Emission {
  readonly node: OnnxEmitter["node"];
  /** Adds a tensor that holds a part of the parameter. */
  part(name: string, type: OnnxType, part: StoredPart): string;
}

const FLOAT32 = { to: { int: 1 } } as const;

/**
 * A parameter's numbers in float32, from what the file holds. Cast, Mul and Add of constants are folded when a session opens, so a
 * reduced model runs as fast as a float32 one. DequantizeLinear is not folded: onnxruntime 1.32 keeps it in front of a Conv, which then runs at
 * each call and keeps the Conv from its own layout, and turns it before a MatMul into MatMulNBits.
 */
export function emitStored(
  precision: Precision,
  name: string,
  kind: Parameter["kind"],
  { node, part }: Emission,
): string {
  switch (precision) {
    case "float32":
      return part(name, "float32", "values");
    case "float16":
      return node(`${name}/float32`, "Cast", [part(name, "float16", "float16")], FLOAT32);
    case "int8": {
      const numbers = node(`${name}/steps`, "Cast", [part(`${name}/codes`, "int8", "codes")], FLOAT32);
      const scales = part(`${name}/scales`, "float32", "scales");
      if (kind === "weight") return node(`${name}/float32`, "Mul", [numbers, scales]);
      const scaled = node(`${name}/scaled`, "Mul", [numbers, scales]);
      return node(`${name}/float32`, "Add", [scaled, part(`${name}/offsets`, "float32", "offsets")]);
    }
  }
}

/** Extents in the file. Scales and offsets of a filter stand where its channels are: [out, 1, 1, 1] for OIHW. */
export function partShape({
  part,
  layout,
  shape,
}: {
  readonly part: StoredPart;
  readonly layout: Layout;
  readonly shape: Shape;
}): Shape {
  const stored = storedShape(layout, shape);
  if (part !== "scales" && part !== "offsets") return stored;
  const { first, end, axis } = storedChannels(layout, shape);
  return layout === "same" ? [end] : stored.map((_, index) => (index === axis ? end - first : 1));
}
