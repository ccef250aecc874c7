import { ExportError } from "../core/errors.js";
import type { Graph, GraphNode } from "../graph/graph.js";
import { nodeMultiplyAdds } from "../graph/multiply-adds.js";
import type { Int8Compute } from "../lowering/onnx-int8-compute.js";
import type { PlannedInt8 } from "./int8-compute.js";
import { drawOnce, type OnnxDrawing, type OnnxVariant } from "./onnx-drawing.js";
import type { PictureCount } from "./picture-count.js";
import { errorOf, meanSquaredError } from "./quality.js";
import type { QualityCase } from "./quality-cases.js";
import type { safePlan } from "./safe-plan.js";
import { sensitivitySamplesFor } from "./sample-count.js";
import { tellingCases } from "./telling-cases.js";

/** How one choice of convolutions is stored and computed. */
export type Int8Variant = Awaited<ReturnType<typeof safePlan>> & Pick<PlannedInt8, "compute">;

export interface Int8SearchTools extends Pick<Int8Compute, "ranges"> {
  /** Least PSNR over all samples. */
  readonly quality: number;
  /** The samples to choose by. */
  readonly cases: readonly QualityCase[];
  /** All convolutions in int8 but these. */
  variant(spared: ReadonlySet<string>): Promise<Int8Variant>;
  open(lowering: OnnxVariant): Promise<OnnxDrawing>;
  /** On fresh samples. */
  judge(variant: Int8Variant, drawing: OnnxDrawing): Promise<PlannedInt8>;
  readonly work: PictureCount;
}

/**
 * The fewest convolutions to leave in float32 so that the others, in int8, are good enough: those first that cost most for each multiply-add they
 * save. Good enough on the samples that they are chosen by and on fresh ones.
 * @throws ExportError when even a single convolution in int8 is not good enough.
 */
export async function searchInt8(
  graph: Graph,
  convolutions: readonly GraphNode[],
  { quality, cases, ranges, variant, open, judge, work }: Int8SearchTools,
): Promise<PlannedInt8> {
  const few = Math.min(sensitivitySamplesFor(graph), Math.ceil(cases.length / 8));
  const rounds = Math.ceil(Math.log2(convolutions.length + 1));
  work.foresee(2 * cases.length + few * convolutions.length + 2 * rounds * cases.length);
  const wanted = await drawOnce(open({}), cases);
  const found = await drawOnce(open(await variant(new Set())), cases);
  const telling = tellingCases({ cases, wanted, found }, few);

  const errors = new Map<string, number>();
  for (const { name } of convolutions) {
    const spared = new Set(convolutions.flatMap((other) => (other.name === name ? [] : [other.name])));
    const alone = await drawOnce(open({ compute: { type: "int8", ranges, spared } }), telling.cases);
    errors.set(name, meanSquaredError(telling.reference, alone));
  }

  const dearest = byPrice(graph, convolutions, errors);
  // The fewest to spare lies between a number that is known not to do and one that may.
  let [low, high] = [0, dearest.length];
  let best: PlannedInt8 | undefined;
  while (high - low > 1) {
    const middle = Math.ceil((low + high) / 2);
    const tried = await variant(new Set(dearest.slice(0, middle)));
    await using drawing = await open(tried);
    const error = meanSquaredError(wanted, await drawing.draw(cases));
    const judged = error <= errorOf(quality) ? await judge(tried, drawing) : undefined;
    if (judged !== undefined && judged.quality.psnr.overall >= quality) {
      best = { ...judged, errors };
      high = middle;
    } else low = middle;
  }
  if (best !== undefined) return best;
  throw new ExportError(
    `int8 convolutions at ${quality} dB: cannot be met, not even by one of ${dearest.length} in int8`,
    { hint: "Ask for a lower --quality, or store weights alone in int8." },
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
