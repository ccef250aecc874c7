import type { ParameterSource } from "../../core/parameter-source.js";
import type { Tensor } from "../../core/tensor.js";
import type { Graph } from "../../graph/graph.js";
import { type EvaluateOptions, evaluate, type RowInputs } from "../../runtime/evaluate.js";
import { openReference } from "../../runtime/reference/open-reference.js";
import type { Runtime } from "../../runtime/runtime.js";
import type { Arithmetic } from "./arithmetic.js";
import type { LayerBudget } from "./bound.js";
import { budgetObserver } from "./budget-observer.js";

/** One float64 run: its layers, and how far from them a computation in each arithmetic may be. */
export interface BudgetedRun {
  readonly layers: ReadonlyMap<string, Tensor>;
  readonly runtime: Pick<Runtime, "description" | "adapter">;
  budgets(arithmetic: Arithmetic): ReadonlyMap<string, LayerBudget>;
}

/** Evaluates on the float64 reference and follows the errors along. `taps` are the layers to hand out; budgets there are for all. */
export async function budgetedRun(
  graph: Graph,
  parameters: ParameterSource,
  inputs: RowInputs,
  arithmetics: readonly Arithmetic[],
  options: EvaluateOptions = {},
): Promise<BudgetedRun> {
  const observer = budgetObserver(graph, parameters, arithmetics);
  const { observe } = observer;
  await using runtime = await openReference(graph, observer.parameters, { observe, signal: options.signal });
  return { layers: await evaluate(runtime, inputs, options), runtime, budgets: observer.budgets };
}

/**
 * For each layer a bound on the largest absolute difference between a right computation in `arithmetic` and the exact one.
 *
 * @example
 * const budgets = await layerBudgets(graph, parameters, { z, y, truncation: 0.5 }, FLOAT32_CPU);
 * const { bound } = budgets.get("image") ?? { bound: 0 };
 */
export async function layerBudgets(
  graph: Graph,
  parameters: ParameterSource,
  inputs: RowInputs,
  arithmetic: Arithmetic,
  options: EvaluateOptions = {},
): Promise<ReadonlyMap<string, LayerBudget>> {
  const { budgets } = await budgetedRun(graph, parameters, inputs, [arithmetic], options);
  return budgets(arithmetic);
}
