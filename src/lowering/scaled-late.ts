import type { Graph, OperationName } from "../graph/graph.js";
import { type PrecisionPlan, precisionOf } from "../storage/plan.js";

/** Operations that scale what they compute from codes, and which of their operands may be codes. */
const FILTERS: Partial<Readonly<Record<OperationName, readonly number[]>>> = {
  matmul: [1],
  conv2d: [1],
  phaseConv2d: [1],
  tapConv2d: [1, 2, 3],
  pairConv2d: [1, 2, 3, 4],
};

/**
 * Nodes of the int8 parameters whose channels are scaled after the convolution or product that uses them. tfjs-wasm packs a filter
 * once for as long as it is the same tensor; one that is scaled first is a new tensor at each run (biggan-deep-128: 790 instead of 660 ms).
 */
export function scaledLate({ nodes, parameters }: Graph, plan: PrecisionPlan | undefined): ReadonlySet<number> {
  const users = new Map<number, number>();
  for (const { inputs } of nodes) for (const id of inputs) users.set(id, (users.get(id) ?? 0) + 1);
  const late = new Set<number>();
  for (const { operation, inputs } of nodes) {
    for (const position of FILTERS[operation.op] ?? []) {
      const weights = nodes[inputs[position] ?? -1];
      if (weights?.operation.op !== "parameter" || users.get(weights.id) !== 1) continue;
      const { parameter } = weights.operation;
      const isCodes = precisionOf(plan, parameter) === "int8" && parameters.get(parameter)?.kind === "weight";
      if (isCodes) late.add(weights.id);
    }
  }
  return late;
}
