import type { Emitter } from "./tfjs-emitter.js";

/**
 * truncation [] -> [1, rows], linear between neighbouring points of the grid, constant outside it. Row i is the hat function
 *
 *     relu(min((t - grid[i-1]) / (grid[i] - grid[i-1]), (grid[i+1] - t) / (grid[i+1] - grid[i])))
 *
 * of t clamped to the grid. Subtracting before scaling keeps it exact in float32: differences of neighbouring points have no
 * rounding, and the scales are taken from the grid as float32 holds it, so a point of the grid gives the weights 1 and 0.
 */
export function emitTruncationWeights(
  emit: Emitter,
  name: string,
  truncation: string,
  grid: readonly number[],
): string {
  const points = grid.map(Math.fround);
  const first = points.at(0) ?? 0;
  const last = points.at(-1) ?? 0;
  const row = [1, points.length];
  // Beyond either end a slope of 1 that starts 1 away: on the clamped t it is at least 1, so min() takes the other side.
  const below = points.map((_, i) => points[i - 1] ?? first - 1);
  const above = points.map((_, i) => points[i + 1] ?? last + 1);
  const rise = points.map((point, i) => 1 / (point - (below[i] ?? 0)));
  const fall = points.map((point, i) => 1 / ((above[i] ?? 0) - point));

  const raised = emit.node(`${name}/raised`, "Maximum", [truncation, emit.floats(`${name}/first`, [first], [])]);
  const clamped = emit.node(`${name}/clamped`, "Minimum", [raised, emit.floats(`${name}/last`, [last], [])]);
  const fromBelow = emit.node(`${name}/fromBelow`, "Sub", [clamped, emit.floats(`${name}/below`, below, row)]);
  const rising = emit.node(`${name}/rising`, "Mul", [fromBelow, emit.floats(`${name}/rise`, rise, row)]);
  const toAbove = emit.node(`${name}/toAbove`, "Sub", [emit.floats(`${name}/above`, above, row), clamped]);
  const falling = emit.node(`${name}/falling`, "Mul", [toAbove, emit.floats(`${name}/fall`, fall, row)]);
  return emit.node(name, "Relu", [emit.node(`${name}/hat`, "Minimum", [rising, falling])]);
}
