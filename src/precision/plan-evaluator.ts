import type { ParameterSource } from "../core/parameter-source.js";
import type { Tensor } from "../core/tensor.js";
import type { Graph } from "../graph/graph.js";
import type { OnnxCompute } from "../lowering/onnx-graph.js";
import type { PrecisionPlan } from "../storage/plan.js";
import type { Evaluator } from "./evaluator.js";
import { drawOnce, type OnnxDrawingOptions, openOnnxDrawing } from "./onnx-drawing.js";
import type { QualityCase } from "./quality-cases.js";
import { reducedParameters } from "./reduced-parameters.js";

/** Draws pictures [n, R, R, 3] of a graph whose parameters are stored by a plan; in float32 without one. */
export type PlanEvaluator = (plan: PrecisionPlan | undefined, cases: readonly QualityCase[]) => Promise<Tensor>;

/** Any runtime will do: it is given the numbers that the export decodes to. */
export function planEvaluatorOf(graph: Graph, source: ParameterSource, evaluate: Evaluator): PlanEvaluator {
  return (plan, cases) => evaluate(plan === undefined ? source : reducedParameters(source, graph, plan), cases);
}

/** Where images compute in fewer bits as well, only onnxruntime can say what comes out. */
export function computeEvaluatorOf(
  graph: Graph,
  source: ParameterSource,
  compute: OnnxCompute,
  options: OnnxDrawingOptions,
): PlanEvaluator {
  return (plan, cases) =>
    drawOnce(openOnnxDrawing(graph, source, plan === undefined ? {} : { plan, compute }, options), cases);
}
