import type { ParameterSource } from "../core/parameter-source.js";
import type { Graph, GraphNode } from "../graph/graph.js";
import type { Int8Compute } from "../lowering/onnx-int8-compute.js";
import type { OnnxBackend } from "../runtime/native/onnxruntime.js";
import { changedPlan, type Precision, type PrecisionPlan, planBytes, uniformPlan } from "../storage/plan.js";
import { CALIBRATION_SEED } from "./float16-compute.js";
import { type Int8Variant, searchInt8 } from "./int8-search.js";
import { keptInFloat32 } from "./kept-float32.js";
import { drawOnce, type OnnxDrawing, type OnnxVariant, openOnnxDrawing } from "./onnx-drawing.js";
import { countPictures, type PictureCount } from "./picture-count.js";
import { CHOOSING_SEED, FRESH_SEED, type PlannedPrecision, type QualityPictures } from "./plan-for.js";
import { compareQuality, type Quality } from "./quality.js";
import { qualityCases } from "./quality-cases.js";
import { measureRanges } from "./ranges.js";
import { safePlan } from "./safe-plan.js";
import { samplesFor } from "./sample-count.js";

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
  readonly backend?: OnnxBackend;
  /** The one truncation of a graph in which it is baked. */
  readonly truncation?: number | undefined;
  /** Pictures to choose and to judge by; as many as are affordable, and 64 at least, when not given. */
  readonly samples?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly work?: PictureCount;
}

/** Below it pictures differ visibly, side by side. */
const QUALITY = 40;

/** Pictures that ranges are taken from: the smallest and largest of millions of numbers each; more widen them by a few steps. */
const CALIBRATION_SAMPLES = 32;

/**
 * Static int8: ranges of activations (smallest and largest) from the model's own samples; all convolutions that can, compute in int8; where
 * that is not good enough, {@link searchInt8} leaves some of them in float32.
 * @throws ExportError when even a single convolution in int8 is not good enough; BackendError without onnxruntime.
 */
export async function planInt8Compute(
  graph: Graph,
  source: ParameterSource,
  { quality = QUALITY, backend = "ort-cpu", truncation, samples, signal, work = countPictures() }: Int8Options,
): Promise<PlannedInt8> {
  const kept = keptInFloat32(source);
  const count = samples ?? samplesFor(graph);
  const cases = (seed: number, number = count) => qualityCases(graph, { count: number, seed, truncation });
  const calibrating = cases(CALIBRATION_SEED, Math.min(CALIBRATION_SAMPLES, count));
  const fresh = cases(FRESH_SEED);
  work.foresee(calibrating.length + 2 * fresh.length);

  const convolutions = graph.nodes.filter(isConvolution);
  const watched = new Set(convolutions.flatMap(({ id, inputs: [image = -1] }) => [id, image]));
  const ranges = await measureRanges(graph, kept, {
    backend,
    cases: calibrating,
    watched: ({ id }) => watched.has(id),
    signal,
    onPicture: work.drawn,
  });
  const open = (lowering: OnnxVariant) =>
    openOnnxDrawing(graph, kept, lowering, { backend, signal, onPicture: work.drawn });
  const variant = async (spared: ReadonlySet<string>): Promise<Int8Variant> => ({
    ...(await safePlan(graph, kept, storageOf(graph, convolutions, spared), { signal })),
    compute: { type: "int8", ranges, spared },
  });
  const wanted = await drawOnce(open({}), fresh);
  const judge = async (lowering: Int8Variant, drawing: OnnxDrawing): Promise<PlannedInt8> => {
    const found = await drawing.draw(fresh);
    return {
      request: { dtype: "int8", quality },
      ...lowering,
      bytes: planBytes(graph, lowering.plan),
      float32Bytes: planBytes(graph, uniformPlan(graph, "float32")),
      quality: compareQuality(wanted, found, fresh),
      pictures: { cases: fresh, wanted, found },
      backend,
    };
  };

  const all = await variant(new Set());
  const whole = await (async () => {
    await using drawing = await open(all);
    return await judge(all, drawing);
  })();
  if (whole.quality.psnr.overall >= quality) return whole;
  return await searchInt8(graph, convolutions, {
    quality,
    cases: cases(CHOOSING_SEED),
    ranges,
    variant,
    open,
    judge,
    work,
  });
}

function isConvolution({ operation }: GraphNode): boolean {
  return operation.op === "conv2d" || operation.op === "phaseConv2d";
}

/** int8 for everything but the filters of spared convolutions. */
function storageOf(graph: Graph, convolutions: readonly GraphNode[], spared: ReadonlySet<string>): PrecisionPlan {
  const filters = convolutions.flatMap(({ name, inputs }): [string, Precision][] => {
    const filter = graph.nodes[inputs[1] ?? -1]?.operation;
    return filter?.op === "parameter" && spared.has(name) ? [[filter.parameter, "float16"]] : [];
  });
  return changedPlan(uniformPlan(graph, "int8"), filters);
}
