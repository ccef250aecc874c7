import type { ParameterSource } from "../../core/parameter-source.js";
import { toFloat32, toFloat64 } from "../../core/tensor.js";
import { FLOAT32_WEB, roundedUp } from "../../export/golden-bound.js";
import { goldenCases } from "../../export/golden-cases.js";
import { type Graph, outputOf } from "../../graph/graph.js";
import { budgetedRun } from "../../parity/budget/layer-budgets.js";
import { layerOf } from "../../runtime/runtime.js";
import { oneHot } from "../../sampling/class-mix.js";
import { sampleRows } from "../../sampling/sample-z.js";
import type { PortedGoldens } from "./ported-model.js";

export interface GoldenOptions {
  /** The one truncation of a graph in which it is baked. */
  readonly baked: number | undefined;
  readonly signal: AbortSignal | undefined;
}

/** Pictures of the float64 reference with their error budget: two of those that exports hold, at truncation 1 and between two rows of statistics. */
export async function goldenPictures(
  graph: Graph,
  parameters: ParameterSource,
  { baked, signal }: GoldenOptions,
): Promise<PortedGoldens> {
  const cases = goldenCases(graph.classes, baked).filter((_, index) => index !== 1);
  const mixes = cases.map(({ classIndex }) => [{ index: classIndex, weight: 1 }]);
  const inputs = {
    z: sampleRows(graph.zDim, cases),
    y: oneHot(mixes, graph.classes),
    truncation: cases.map(({ truncation }) => Math.fround(truncation)),
  };
  // As float64 they count as computed and rounded once, which they are.
  const rounded: ParameterSource = {
    read: async (name, options) => toFloat64(toFloat32(await parameters.read(name, options))),
  };
  const { layers, budgets } = await budgetedRun(graph, rounded, inputs, [FLOAT32_WEB], { batchSize: 1, signal });
  const output = outputOf(graph);
  const { shape, data } = layerOf(layers, output);
  const bound = budgets(FLOAT32_WEB).get(output)?.bound;
  if (bound === undefined) throw new Error(`goldens: no error budget for ${output}`);
  return { ...inputs, image: { shape, data: toFloat32(data) }, bound: roundedUp(bound) };
}
