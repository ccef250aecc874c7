import { ExportError, throwIfAborted } from "../core/errors.js";
import type { ParameterSource } from "../core/parameter-source.js";
import type { Graph, GraphNode } from "../graph/graph.js";
import { nodeMultiplyAdds } from "../graph/multiply-adds.js";
import type { Int8Compute } from "../lowering/onnx-int8-compute.js";
import { keptParameters } from "../parity/kept-parameters.js";
import type { BackendName } from "../runtime/backends.js";
import type { OnnxBackend } from "../runtime/native/onnxruntime.js";
import { changedPlan, type Precision, type PrecisionPlan, planBytes, uniformPlan } from "../storage/plan.js";
import { CALIBRATION_SEED } from "./float16-compute.js";
import { onnxEvaluatorOf } from "./onnx-evaluator.js";
import { CHOOSING_SEED, FRESH_SEED, type PlannedPrecision, type QualityPictures } from "./plan-for.js";
import { compareQuality, errorOf, meanSquaredError, type Quality } from "./quality.js";
import { qualityCases } from "./quality-cases.js";
import { measureRanges } from "./ranges.js";
import { safePlan } from "./safe-plan.js";
import { samplesFor, sensitivitySamplesFor } from "./sample-count.js";
import { tellingCases } from "./telling-cases.js";

/** An ONNX export whose convolutions compute in int8. Quality is measured by onnxruntime itself; `bytes` and `plan` count their filters as codes. */
export interface PlannedInt8 extends PlannedPrecision {
  readonly compute: { readonly type: "int8" } & Int8Compute;
  readonly quality: Quality;
  readonly pictures: QualityPictures;
  /** Squared error of the pictures when one convolution alone computes in int8; where some had to be spared. */
  readonly errors?: ReadonlyMap<string, number>;
}

export interface Int8Options {
  /** Least PSNR over all samples. */
  readonly quality?: number;
  /** Takes the ranges of activations, in float32. */
  readonly calibrate: BackendName;
  readonly backend?: OnnxBackend;
  /** The one truncation of a graph in which it is baked. */
  readonly truncation?: number | undefined;
  /** Pictures to choose and to judge by; as many as are affordable, and 64 at least, when not given. */
  readonly samples?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?:
    | ((stage: "ranges" | "sensitivity" | "quality", done: number, total: number) => void)
    | undefined;
}

/** Below it pictures differ visibly, side by side. */
const QUALITY = 40;

/**
 * Static int8: ranges of activations (smallest and largest) from the model's own samples; all convolutions that can, compute in int8; where
 * that is not good enough, those that cost most for each multiply-add they save stay in float32, until it is.
 * @throws ExportError when even a single convolution in int8 is not good enough; BackendError without onnxruntime.
 */
export async function planInt8Compute(
  graph: Graph,
  source: ParameterSource,
  { quality = QUALITY, calibrate, backend = "ort-cpu", truncation, samples, signal, onProgress }: Int8Options,
): Promise<PlannedInt8> {
  const kept = keptParameters(source);
  const count = samples ?? samplesFor(graph);
  const cases = (seed: number, number = count) => qualityCases(graph, { count: number, seed, truncation });
  const ranges = await measureRanges(graph, kept, {
    backend: calibrate,
    cases: cases(CALIBRATION_SEED, Math.min(64, count)),
    signal,
    onPicture: (done, total) => onProgress?.("ranges", done, total),
  });
  const convolutions = graph.nodes.filter(
    ({ operation }) => operation.op === "conv2d" || operation.op === "phaseConv2d",
  );
  const evaluate = onnxEvaluatorOf(graph, kept, { backend, signal });
  const variant = async (spared: ReadonlySet<string>) => ({
    ...(await safePlan(graph, kept, storageOf(graph, convolutions, spared), { signal })),
    compute: { type: "int8" as const, ranges, spared: new Set(spared) },
  });
  const common = {
    request: { dtype: "int8" as const, quality },
    float32Bytes: planBytes(graph, uniformPlan(graph, "float32")),
    backend,
  };
  const [choosing, fresh] = [cases(CHOOSING_SEED), cases(FRESH_SEED)];
  const [chosenBy, wanted] = [await evaluate({}, choosing), await evaluate({}, fresh)];
  const judged = async (spared: ReadonlySet<string>): Promise<PlannedInt8 | undefined> => {
    throwIfAborted(signal);
    const lowering = await variant(spared);
    const error = meanSquaredError(chosenBy, await evaluate(lowering, choosing));
    if (error > errorOf(quality)) return undefined;
    const found = await evaluate(lowering, fresh);
    const reached = compareQuality(wanted, found, fresh);
    if (reached.psnr.overall < quality) return undefined;
    const pictures = { cases: fresh, wanted, found };
    return { ...common, ...lowering, bytes: planBytes(graph, lowering.plan), quality: reached, pictures };
  };

  const whole = await judged(new Set());
  if (whole !== undefined) return whole;
  const drawn = { cases: choosing, wanted: chosenBy, found: await evaluate(await variant(new Set()), choosing) };
  const few = tellingCases(drawn, Math.min(sensitivitySamplesFor(graph), Math.ceil(count / 8)));
  const errors = new Map<string, number>();
  for (const { name } of convolutions) {
    throwIfAborted(signal);
    const others = new Set(convolutions.flatMap((other) => (other.name === name ? [] : [other.name])));
    const alone = { compute: { type: "int8" as const, ranges, spared: others } };
    errors.set(name, meanSquaredError(few.reference, await evaluate(alone, few.cases)));
    onProgress?.("sensitivity", errors.size, convolutions.length);
  }
  const dearest = byPrice(graph, convolutions, errors);
  // The fewest to spare lies between a number that is known not to do and one that may.
  let [low, high] = [0, dearest.length];
  let best: PlannedInt8 | undefined;
  while (high - low > 1) {
    const middle = Math.ceil((low + high) / 2);
    const found = await judged(new Set(dearest.slice(0, middle)));
    if (found === undefined) low = middle;
    else {
      best = { ...found, errors };
      high = middle;
    }
    onProgress?.("quality", dearest.length - (high - low), dearest.length);
  }
  if (best !== undefined) return best;
  throw new ExportError(
    `int8 convolutions at ${quality} dB: cannot be met, not even by one of ${dearest.length} in int8`,
    {
      hint: "Ask for a lower --quality, or store weights alone in int8.",
    },
  );
}

/** Names of convolutions, those first that cost most for each multiply-add that they do in int8. */
function byPrice(
  graph: Graph,
  convolutions: readonly GraphNode[],
  errors: ReadonlyMap<string, number>,
): readonly string[] {
  const price = (node: GraphNode) => (errors.get(node.name) ?? 0) / nodeMultiplyAdds(node, graph);
  return [...convolutions].sort((a, b) => price(b) - price(a)).map(({ name }) => name);
}

/** int8 for everything but the filters of spared convolutions. */
function storageOf(graph: Graph, convolutions: readonly GraphNode[], spared: ReadonlySet<string>): PrecisionPlan {
  const filters = convolutions.flatMap(({ name, inputs }): [string, Precision][] => {
    const filter = graph.nodes[inputs[1] ?? -1]?.operation;
    return filter?.op === "parameter" && spared.has(name) ? [[filter.parameter, "float16"]] : [];
  });
  return changedPlan(uniformPlan(graph, "int8"), filters);
}
