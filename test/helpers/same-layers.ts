import { expect } from "vitest";
import type { ParameterSource } from "../../src/core/parameter-source.js";
import type { Graph } from "../../src/graph/graph.js";
import { derivedParameters } from "../../src/passes/derived-parameters.js";
import type { Rewritten } from "../../src/passes/pass.js";
import { openReference } from "../../src/runtime/reference/open-reference.js";
import { layerOf, type ModelInputs, type ModelOutputs } from "../../src/runtime/runtime.js";
import { largestDifference, largestMagnitude } from "./small-generators.js";

/** Of float64 sums in another order, relative to the layer's largest number. */
export const EXACT = 1e-12;

export async function layersOf(graph: Graph, parameters: ParameterSource, inputs: ModelInputs): Promise<ModelOutputs> {
  await using runtime = await openReference(graph, parameters);
  return await runtime.run(inputs, { taps: [...graph.layers.keys()] });
}

/** Expects that a rewritten graph has all layers of the graph it came from, with the same values in float64. */
export async function expectSameLayers(
  graph: Graph,
  { graph: rewritten, derived }: Rewritten,
  parameters: ParameterSource,
  inputs: ModelInputs,
): Promise<void> {
  expect([...rewritten.layers.keys()]).toEqual([...graph.layers.keys()]);
  const expected = await layersOf(graph, parameters, inputs);
  const found = await layersOf(rewritten, derivedParameters(parameters, derived), inputs);
  for (const layer of graph.layers.keys()) {
    const [a, b] = [layerOf(expected, layer), layerOf(found, layer)];
    expect(b.shape, layer).toEqual(a.shape);
    expect(largestDifference(a, b) / Math.max(largestMagnitude(a), Number.MIN_VALUE), layer).toBeLessThanOrEqual(EXACT);
  }
}
