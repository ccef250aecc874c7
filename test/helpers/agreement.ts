import { expect } from "vitest";
import type { Graph } from "../../src/graph/graph.js";
import { openReference } from "../../src/runtime/reference/open-reference.js";
import { layerOf, type Runtime } from "../../src/runtime/runtime.js";
import { largestDifference, largestMagnitude, randomInputs, randomParameters } from "./small-generators.js";

/**
 * Of a layer's largest value: float32 on GPUs was off by at most 1.1e-6 of it (SwiftShader), the processor's back-ends by 1e-6;
 * drivers may take a few more units in the last place for exp and sqrt. A wrong layer is off by 1e-2 and more.
 */
const LAYER_BOUND = 1e-5;

/** The picture is in [-1, 1], but tanh sees values to 20 and hands on their rounding. */
const IMAGE_BOUND = 2e-4;

/** Runs random pictures with every layer on a runtime made of {@link randomParameters}, and holds them against float64. */
export async function expectAgreement(runtime: Runtime, graph: Graph, pictures = 1): Promise<void> {
  const taps = [...graph.layers.keys()];
  const inputs = randomInputs(graph, pictures, 0.6);
  await using reference = await openReference(graph, randomParameters(graph));
  const expected = await reference.run(inputs, { taps });
  const found = await runtime.run(inputs, { taps });
  expect([...found.keys()].sort()).toEqual([...taps].sort());
  for (const tap of taps) {
    const wanted = layerOf(expected, tap);
    expect(layerOf(found, tap).shape).toEqual(wanted.shape);
    const bound = tap === "image" ? IMAGE_BOUND : LAYER_BOUND * largestMagnitude(wanted);
    expect(largestDifference(layerOf(found, tap), wanted), tap).toBeLessThan(bound);
  }
}
