import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultPasses, PASSES } from "../../src/passes/registry.js";
import { runPasses } from "../../src/passes/run-passes.js";
import { expectSameLayers } from "../helpers/same-layers.js";
import { randomDiscriminator, randomPictures, smallDiscriminator } from "../helpers/small-discriminators.js";
import { randomParameters } from "../helpers/small-generators.js";

const subsets = fc.subarray([...PASSES]).filter((passes) => passes.filter(({ excludes }) => excludes).length < 2);

test("a rewritten discriminator has the layers of the unrewritten one in float64", async () => {
  await fc.assert(
    fc.asyncProperty(
      randomDiscriminator,
      fc.oneof(subsets, fc.constant(defaultPasses("tfjs")), fc.constant(defaultPasses("onnx"))),
      async (graph, passes) =>
        expectSameLayers(graph, runPasses(graph, passes), randomParameters(graph), randomPictures(graph, 2)),
    ),
    { numRuns: 40 },
  );
});

test("only what is about attention applies to one", () => {
  const { reports } = runPasses(smallDiscriminator(), defaultPasses("tfjs"));
  expect(reports.map(({ name }) => name)).toEqual(["fold-attention-scale", "turn-keys"]);
});
