import type { ParameterSource } from "../core/parameter-source.js";
import type { Tensor } from "../core/tensor.js";
import type { Graph } from "../graph/graph.js";
import type { LowerOnnxOptions } from "../lowering/onnx-graph.js";
import { evaluate } from "../runtime/evaluate.js";
import type { OnnxBackend } from "../runtime/native/onnxruntime.js";
import { openOnnx } from "../runtime/native/open-onnx.js";
import { layerOf } from "../runtime/runtime.js";
import { inputsOfCases, type QualityCase } from "./quality-cases.js";

/** How an export stores and computes. */
export type OnnxVariant = Pick<LowerOnnxOptions, "plan" | "compute">;

/** An open variant, the very ONNX model that an export would hold. */
export interface OnnxDrawing extends AsyncDisposable {
  /** Pictures [n, R, R, 3]. */
  draw(cases: readonly QualityCase[]): Promise<Tensor>;
}

export interface OnnxDrawingOptions {
  readonly backend: OnnxBackend;
  readonly signal?: AbortSignal | undefined;
  /** Called for each picture. */
  readonly onPicture?: (() => void) | undefined;
}

/** @throws BackendError when onnxruntime is not there: its hint is what installs it. */
export async function openOnnxDrawing(
  graph: Graph,
  source: ParameterSource,
  lowering: OnnxVariant,
  { backend, signal, onPicture }: OnnxDrawingOptions,
): Promise<OnnxDrawing> {
  const runtime = await openOnnx(graph, source, { backend, signal, lowering });
  return {
    async draw(cases) {
      const onRows = () => onPicture?.();
      return layerOf(await evaluate(runtime, inputsOfCases(graph, cases), { batchSize: 1, signal, onRows }), "image");
    },
    [Symbol.asyncDispose]: () => runtime[Symbol.asyncDispose](),
  };
}

/** Pictures of a variant that is opened for them alone. */
export async function drawOnce(opening: Promise<OnnxDrawing>, cases: readonly QualityCase[]): Promise<Tensor> {
  await using drawing = await opening;
  return await drawing.draw(cases);
}
