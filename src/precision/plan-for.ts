import type { ParameterSource } from "../core/parameter-source.js";
import type { Tensor } from "../core/tensor.js";
import type { Graph } from "../graph/graph.js";
import type { OnnxCompute } from "../lowering/onnx-graph.js";
import type { BackendName } from "../runtime/backends.js";
import type { OnnxBackend } from "../runtime/native/onnxruntime.js";
import { type PrecisionPlan, planBytes, uniformPlan } from "../storage/plan.js";
import { evaluatorOf } from "./evaluator.js";
import { keptInFloat32 } from "./kept-float32.js";
import { countPictures, type PictureCount } from "./picture-count.js";
import { computeEvaluatorOf, type PlanEvaluator, planEvaluatorOf } from "./plan-evaluator.js";
import { compareQuality, type Quality } from "./quality.js";
import { type QualityCase, qualityCases } from "./quality-cases.js";
import { findRecipe } from "./recipe.js";
import type { PrecisionRequest } from "./request.js";
import { type Spared, safePlan } from "./safe-plan.js";
import { samplesFor } from "./sample-count.js";
import type { Sensitivity } from "./sensitivity.js";

export interface PlanTools {
  /** Runs float32 and reduced parameters alike; the fastest that is there is right. */
  readonly backend: BackendName;
  /** The one truncation of a graph in which it is baked. */
  readonly truncation?: number | undefined;
  /** Pictures to choose and to judge by; as many as are affordable, and 64 at least, when not given. */
  readonly samples?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly work?: PictureCount;
  /** Of ONNX: what computes in fewer bits, which onnxruntime is then asked for. */
  readonly compute?: { readonly how: OnnxCompute; readonly backend: OnnxBackend } | undefined;
}

/** A reduced export, chosen and measured. */
export interface PlannedPrecision {
  readonly request: PrecisionRequest;
  readonly plan: PrecisionPlan;
  /** Of the weights, and what they would take in float32. */
  readonly bytes: number;
  readonly float32Bytes: number;
  /** Parameters that are wider than asked for, and why. */
  readonly spared: readonly Spared[];
  /** Measured on fresh samples: none that the plan was chosen by. Absent in float32. */
  readonly quality?: Quality;
  /** The pictures behind it, for the report. */
  readonly pictures?: QualityPictures;
  /** Where a recipe was chosen. */
  readonly sensitivity?: readonly Sensitivity[];
  readonly backend: BackendName;
}

export interface QualityPictures {
  readonly cases: readonly QualityCase[];
  /** Both [n, R, R, 3]. */
  readonly wanted: Tensor;
  readonly found: Tensor;
}

/** Seeds of the pictures that a plan is chosen by, and of those that it is judged by. */
export const CHOOSING_SEED = 10_000;
export const FRESH_SEED = 20_000;

/**
 * From `--dtype`, `--quality` and `--max-bytes` to the precision of every parameter, with the quality that it has.
 * @throws ExportError when quality or size cannot be met (it says what is the best that was reached); BackendError.
 */
export async function planFor(
  graph: Graph,
  source: ParameterSource,
  request: PrecisionRequest,
  { backend, truncation, samples, signal, work = countPictures(), compute }: PlanTools,
): Promise<PlannedPrecision> {
  const { quality, maxBytes } = request;
  const byRecipe = quality !== undefined || maxBytes !== undefined;
  const dtype = request.dtype ?? (byRecipe ? "int8" : "float32");
  const float32 = uniformPlan(graph, "float32");
  const float32Bytes = planBytes(graph, float32);
  const common = { request, float32Bytes, backend: compute?.backend ?? backend };
  if (dtype === "float32" && !byRecipe && compute === undefined) {
    return { ...common, plan: float32, bytes: float32Bytes, spared: [] };
  }
  const kept = keptInFloat32(source);
  const narrowest = await safePlan(graph, kept, uniformPlan(graph, dtype), { signal });
  const count = samples ?? samplesFor(graph);
  work.foresee((byRecipe ? 4 : 2) * count);
  const tools = { signal, onPicture: work.drawn };
  const evaluate = evaluatorOf(graph, { ...tools, backend });
  const draw =
    compute === undefined
      ? planEvaluatorOf(graph, kept, evaluate)
      : computeEvaluatorOf(graph, kept, compute.how, { ...tools, backend: compute.backend });
  const judge = await judgeOf(draw, qualityCases(graph, { count, seed: FRESH_SEED, truncation }));
  if (!byRecipe) {
    const { plan, spared } = narrowest;
    return { ...common, plan, spared, bytes: planBytes(graph, plan), ...(await judge(plan)) };
  }
  const recipe = await findRecipe(graph, kept, {
    quality,
    maxBytes,
    narrowest,
    evaluate,
    draw,
    judge,
    cases: qualityCases(graph, { count, seed: CHOOSING_SEED, truncation }),
    signal,
    work,
  });
  return { ...common, ...recipe };
}

/** What a plan's pictures are like. */
export type Judge = (plan: PrecisionPlan) => Promise<{ readonly quality: Quality; readonly pictures: QualityPictures }>;

/** Compares plans with float32 on some cases, whose float32 pictures are drawn once. */
export async function judgeOf(draw: PlanEvaluator, cases: readonly QualityCase[]): Promise<Judge> {
  const wanted = await draw(undefined, cases);
  return async (plan) => {
    const found = await draw(plan, cases);
    return { quality: compareQuality(wanted, found, cases), pictures: { cases, wanted, found } };
  };
}
