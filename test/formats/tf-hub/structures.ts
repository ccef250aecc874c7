import { readdirSync, readFileSync } from "node:fs";
import type { Tensor } from "../../../src/core/tensor.js";
import { parseNpz } from "../../../src/formats/npy/npz.js";
import { parseSavedModel } from "../../../src/formats/saved-model/saved-model.js";
import type { MetaGraph } from "../../../src/formats/saved-model/types.js";
import type { StatisticScope } from "../../../src/formats/tf-hub/scopes.js";
import { golden, goldenBytes } from "../../helpers/golden.js";

/** The tiny modules of test/golden/tf-hub: one for each way of keeping statistics in a graph. */
export const STRUCTURES: readonly string[] = readdirSync(golden("tf-hub"))
  .filter((name) => name.endsWith(".pb.gz"))
  .map((name) => name.slice(0, -".pb.gz".length));

export const GRAPH_FILE = "saved_model.pb";

export function readStructure(name: string): MetaGraph {
  const [metaGraph] = parseSavedModel(GRAPH_FILE, goldenBytes(`tf-hub/${name}.pb.gz`)).metaGraphs;
  if (metaGraph === undefined) throw new Error(`${name}: no meta graph`);
  return metaGraph;
}

/** In network order. */
export function readScopes(name: string): readonly StatisticScope[] {
  const { batchNorms }: { batchNorms: [string, number][] } = JSON.parse(
    readFileSync(golden(`tf-hub/${name}.json`), "utf8"),
  );
  return batchNorms.map(([scope, channels]) => ({ scope, channels }));
}

/** What TensorFlow says: see scripts/fixtures/hub_structures.py. */
export function readValues(name: string): ReadonlyMap<string, Tensor> {
  return parseNpz(name, goldenBytes(`tf-hub/${name}.npz`));
}

/** A table's row at a truncation, linear between rows, float64. */
export function interpolate(
  table: Float32Array,
  channels: number,
  grid: readonly number[],
  truncation: number,
): number[] {
  const upper = Math.min(
    Math.max(
      1,
      grid.findIndex((key) => key >= truncation),
    ),
    grid.length - 1,
  );
  const [low = 0, high = 1] = [grid[upper - 1], grid[upper]];
  const weight = (truncation - low) / (high - low);
  return Array.from({ length: channels }, (_, channel) => {
    const before = table[(upper - 1) * channels + channel] ?? Number.NaN;
    const after = table[upper * channels + channel] ?? Number.NaN;
    return before * (1 - weight) + after * weight;
  });
}

/** The largest difference, relative to the largest value. */
export function difference(actual: readonly number[], expected: ArrayLike<number>): number {
  let largest = 0;
  let scale = 0;
  for (const [index, value] of actual.entries()) {
    const reference = expected[index] ?? Number.NaN;
    largest = Math.max(largest, Math.abs(value - reference));
    scale = Math.max(scale, Math.abs(reference));
    if (Number.isNaN(value - reference)) return Number.NaN;
  }
  return largest / scale;
}
