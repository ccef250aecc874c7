import fc from "fast-check";
import { describe, test } from "vitest";
import type { Graph } from "../../src/graph/graph.js";
import { attendApart, attendingApart } from "../../src/passes/attend-apart.js";
import type { Pass } from "../../src/passes/pass.js";
import { PASSES as OWN } from "../../src/passes/registry.js";
import { pairingRows, rowsInPairs } from "../../src/passes/rows-in-pairs.js";
import { runPasses } from "../../src/passes/run-passes.js";
import { randomGenerator } from "../helpers/random-generators.js";
import { expectSameLayers } from "../helpers/same-layers.js";
import { randomInputs, randomParameters } from "../helpers/small-generators.js";

/** A generator, and a truncation on a point of its grid or, where there is more than one, between two. */
const cases = fc.record({ graph: randomGenerator, point: fc.nat(), fraction: fc.constantFrom(0, 0.31, 0.5) });

function truncationOf(graph: Graph, point: number, fraction: number): number {
  const [grid = [1]] = graph.nodes.flatMap(({ operation }) =>
    operation.op === "truncationWeights" ? [operation.grid] : [],
  );
  const at = point % grid.length;
  const [below = 1, above] = [grid[at], grid[at + 1]];
  return above === undefined ? below : below + fraction * (above - below);
}

async function expectSame(
  passes: readonly Pass[],
  { graph, point, fraction }: { readonly graph: Graph; readonly point: number; readonly fraction: number },
  baked: boolean,
): Promise<void> {
  const truncation = truncationOf(graph, point, fraction);
  const run = runPasses(graph, passes, { truncation: baked ? truncation : undefined });
  await expectSameLayers(graph, run, randomParameters(graph), randomInputs(graph, 2, truncation));
}

/** All passes; those that leave small models alone, for models of any size. */
const PASSES = OWN.map((pass) => {
  if (pass === rowsInPairs) return pairingRows(0);
  return pass === attendApart ? attendingApart(0) : pass;
});
const UPSAMPLING = PASSES.filter(({ excludes }) => excludes !== undefined);
const OTHERS = PASSES.filter(({ excludes }) => excludes === undefined);
const withOne = (pass: Pass) => PASSES.filter((each) => each === pass || OTHERS.includes(each));

describe("a rewritten generator has the layers of the unrewritten one in float64", () => {
  test.each(PASSES.map((pass) => [pass.name, pass] as const))("%s alone", async (_, pass) => {
    await fc.assert(
      fc.asyncProperty(cases, (each) => expectSame([pass], each, true)),
      { numRuns: 6 },
    );
  });

  test.each(UPSAMPLING.map((pass) => [pass.name, pass] as const))("all passes, with %s", async (_, pass) => {
    await fc.assert(
      fc.asyncProperty(cases, fc.boolean(), (each, baked) => expectSame(withOne(pass), each, baked)),
      { numRuns: 10 },
    );
  });

  test("any passes", async () => {
    const subsets = fc
      .record({ others: fc.subarray([...OTHERS]), upsampling: fc.option(fc.constantFrom(...UPSAMPLING)) })
      .map(({ others, upsampling }) => PASSES.filter((pass) => pass === upsampling || others.includes(pass)));
    await fc.assert(
      fc.asyncProperty(cases, subsets, fc.boolean(), (each, passes, baked) => expectSame(passes, each, baked)),
      { numRuns: 40 },
    );
  });
});
