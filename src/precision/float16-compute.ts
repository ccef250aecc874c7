import type { ParameterSource } from "../core/parameter-source.js";
import type { Graph } from "../graph/graph.js";
import type { Float16Compute } from "../lowering/onnx-float16-compute.js";
import { type Float16Forecast, forecastFloat16, nodesAtRisk } from "./overflow.js";
import { countPictures, type PictureCount } from "./picture-count.js";
import { qualityCases } from "./quality-cases.js";
import { measureRanges, type RangeOptions } from "./ranges.js";
import { samplesFor } from "./sample-count.js";

/** Which nodes stay in float32 when images are computed in float16, and the ranges that say so. */
export interface PlannedFloat16 {
  readonly compute: { readonly type: "float16" } & Float16Compute;
  readonly forecast: readonly Float16Forecast[];
}

export interface Float16Options extends Pick<RangeOptions, "backend" | "signal"> {
  /** The one truncation of a graph in which it is baked. */
  readonly truncation?: number | undefined;
  readonly work?: PictureCount;
}

/** Seed of the pictures that ranges are taken from. */
export const CALIBRATION_SEED = 30_000;

/**
 * Watches every node over many latent vectors, classes and truncations in float32, and spares those that would leave float16's range.
 * @throws BackendError.
 */
export async function planFloat16Compute(
  graph: Graph,
  source: ParameterSource,
  { truncation, work = countPictures(), ...options }: Float16Options,
): Promise<PlannedFloat16> {
  const cases = qualityCases(graph, { count: Math.min(64, samplesFor(graph)), seed: CALIBRATION_SEED, truncation });
  work.foresee(cases.length);
  const ranges = await measureRanges(graph, source, { ...options, cases, onPicture: work.drawn });
  const forecast = forecastFloat16(graph, ranges);
  return { compute: { type: "float16", spared: nodesAtRisk(forecast) }, forecast };
}
