import type { ParameterSource } from "../core/parameter-source.js";
import type { Tensor } from "../core/tensor.js";
import type { Graph } from "../graph/graph.js";
import type { LowerOnnxOptions } from "../lowering/onnx-graph.js";
import { evaluate } from "../runtime/evaluate.js";
import type { OnnxBackend } from "../runtime/native/onnxruntime.js";
import { openOnnx } from "../runtime/native/open-onnx.js";
import { layerOf } from "../runtime/runtime.js";
import { inputsOfCases, type QualityCase } from "./quality-cases.js";

/** Draws pictures [n, R, R, 3] with the very ONNX model that an export would hold. */
export type OnnxEvaluator = (
  lowering: Pick<LowerOnnxOptions, "plan" | "compute">,
  cases: readonly QualityCase[],
) => Promise<Tensor>;

export interface OnnxEvaluatorOptions {
  readonly backend: OnnxBackend;
  readonly signal?: AbortSignal | undefined;
}

/** @throws BackendError when onnxruntime is not there: its hint is what installs it. */
export function onnxEvaluatorOf(
  graph: Graph,
  source: ParameterSource,
  { backend, signal }: OnnxEvaluatorOptions,
): OnnxEvaluator {
  return async (lowering, cases) => {
    await using runtime = await openOnnx(graph, source, { backend, signal, lowering });
    return layerOf(await evaluate(runtime, inputsOfCases(graph, cases), { batchSize: 4, signal }), "image");
  };
}
