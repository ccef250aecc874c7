import type { OnnxEmitter } from "./onnx-emitter.js";
import { truncationHats } from "./truncation-hats.js";

/** truncation [] -> [1, rows]: how much each row of the statistics counts, {@link truncationHats}. */
export function emitTruncationWeights(
  emit: OnnxEmitter,
  name: string,
  truncation: string,
  grid: readonly number[],
): string {
  const { first, last, below, above, rise, fall } = truncationHats(grid);
  const row = [1, grid.length];
  const raised = emit.node(`${name}/raised`, "Max", [truncation, emit.floats(`${name}/first`, [first], [])]);
  const clamped = emit.node(`${name}/clamped`, "Min", [raised, emit.floats(`${name}/last`, [last], [])]);
  const fromBelow = emit.node(`${name}/fromBelow`, "Sub", [clamped, emit.floats(`${name}/below`, below, row)]);
  const rising = emit.node(`${name}/rising`, "Mul", [fromBelow, emit.floats(`${name}/rise`, rise, row)]);
  const toAbove = emit.node(`${name}/toAbove`, "Sub", [emit.floats(`${name}/above`, above, row), clamped]);
  const falling = emit.node(`${name}/falling`, "Mul", [toAbove, emit.floats(`${name}/fall`, fall, row)]);
  return emit.node(name, "Relu", [emit.node(`${name}/hat`, "Min", [rising, falling])]);
}
