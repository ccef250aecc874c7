import type { ParameterSource } from "../core/parameter-source.js";
import { elementCount, type Tensor, toFloat64 } from "../core/tensor.js";
import type { Graph } from "../graph/graph.js";
import { type EvaluationInputs, takeRows } from "../runtime/evaluate.js";
import type { Comparison } from "./compare.js";
import { diagnose } from "./diagnosis/diagnose.js";
import type { Diagnosis } from "./diagnosis/diagnosis.js";
import type { ParameterOrigins } from "./diagnosis/origins.js";

/** A comparison that is not explained, with the values of the side that is not ours. */
export interface Unexplained {
  readonly comparison: Comparison;
  readonly inputs: EvaluationInputs;
  /** Ours in float64, and the other side's, [n, …] each. */
  readonly ours: ReadonlyMap<string, Tensor>;
  readonly theirs: ReadonlyMap<string, Tensor>;
}

export interface ExplainOptions {
  readonly graph: Graph;
  readonly parameters: ParameterSource;
  readonly origins?: ParameterOrigins | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Pictures alone do not say where a network goes wrong; a few layers do. */
const LEAST_LAYERS = 3;

/** Diagnoses the row that is furthest off in the first layer that is; undefined when there are no layers to go by. */
export async function explain(
  { comparison, inputs, ours, theirs }: Unexplained,
  { graph, parameters, origins, signal, onProgress }: ExplainOptions,
): Promise<Diagnosis | undefined> {
  const { firstOff = "image" } = comparison;
  if (comparison.layers.length < LEAST_LAYERS) return undefined;
  const row = worstRow(ours.get(firstOff), theirs.get(firstOff));
  const bounds = new Map(comparison.layers.map(({ layer, bound }) => [layer, bound]));
  const { z, y, truncation } = inputs;
  return diagnose({
    label: comparison.reference,
    graph,
    parameters,
    origins,
    inputs: {
      z: rowOf(z, row),
      y: rowOf(y, row),
      truncation: typeof truncation === "number" ? truncation : (truncation[row] ?? 1),
    },
    layers: new Map([...theirs].map(([layer, tensor]) => [layer, rowOf(tensor, row)])),
    bound: (layer) => bounds.get(layer) ?? 0,
    signal,
    ...(onProgress && { onProgress }),
  });
}

function worstRow(ours: Tensor | undefined, theirs: Tensor | undefined): number {
  if (ours === undefined || theirs === undefined) return 0;
  const width = elementCount(ours.shape.slice(1));
  let [worst, row] = [-1, 0];
  for (let i = 0; i < ours.data.length; i++) {
    const off = Math.abs((ours.data[i] ?? 0) - (theirs.data[i] ?? Number.NaN));
    if (off > worst || Number.isNaN(off))
      [worst, row] = [Number.isNaN(off) ? Number.POSITIVE_INFINITY : off, Math.floor(i / width)];
  }
  return row;
}

function rowOf(tensor: Tensor, row: number): Tensor {
  const { shape, data } = takeRows(tensor, [row]);
  return { shape, data: toFloat64(data) };
}
