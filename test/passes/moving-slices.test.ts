import { expect, test } from "vitest";
import type { GraphBuilder, Image } from "../../src/graph/builder.js";
import type { Graph } from "../../src/graph/graph.js";
import { multiplyAdds } from "../../src/graph/multiply-adds.js";
import { parsePasses } from "../../src/passes/parse-passes.js";
import { runPasses } from "../../src/passes/run-passes.js";
import { expectSameLayers } from "../helpers/same-layers.js";
import { imageGraph } from "../helpers/single-layer.js";
import { randomInputs, randomParameters } from "../helpers/small-generators.js";

const SIDE = 4;

async function rewritten(graph: Graph, passes: string): Promise<Graph> {
  const run = runPasses(graph, parsePasses(passes, "tfjs"));
  await expectSameLayers(graph, run, randomParameters(graph), randomInputs(graph, 2, 1));
  return run.graph;
}

const operations = ({ nodes }: Graph) =>
  nodes.flatMap(({ operation: { op }, shape }) =>
    op === "input" || op === "parameter" || op === "reshape" ? [] : `${op} ${shape.at(-1)}`,
  );

test("a slice moves before an upsampling that nothing else uses", async () => {
  const graph = imageGraph(SIDE, 8, (g, x) => g.channels(g.upsample(x), 3));
  expect(operations(await rewritten(graph, "slice-before-upsampling")).slice(1)).toEqual(["slice 3", "upsample2x 3"]);
  const shared = imageGraph(SIDE, 8, (g, x) => {
    const large = g.upsample(x);
    return g.add(g.channels(large, 3), g.channels(g.relu(large), 3));
  });
  expect(await rewritten(shared, "slice-before-upsampling")).toBe(shared);
});

test("dead channels are followed to the convolutions that make them", async () => {
  const branch = (g: GraphBuilder, name: string, x: Image) => g.scope(name, () => g.conv("c", g.relu(x), 8, 3));
  const graph = imageGraph(SIDE, 4, (g, x) =>
    g.tanh(g.channels(g.relu(g.maxPool(g.add(branch(g, "a", x), branch(g, "b", x)))), 2)),
  );
  const cut = await rewritten(graph, "drop-dead-channels");
  expect(operations(cut).filter((each) => each.startsWith("conv2d") || each.startsWith("slice"))).toEqual([
    "slice 64",
    "conv2d 2",
    "conv2d 2",
  ]);
  expect(multiplyAdds(cut)).toBe(multiplyAdds(graph) / 4);
});

test("a slice stays where others, or a layer, need what it drops", async () => {
  const layer = imageGraph(SIDE, 4, (g, x) => g.channels(g.layer("all", g.conv("c", x, 8, 3)), 3));
  expect(await rewritten(layer, "drop-dead-channels")).toBe(layer);
  const shared = imageGraph(SIDE, 4, (g, x) => {
    const h = g.conv("c", x, 8, 3);
    return g.conv("d", g.add(g.conv("e", h, 3, 1), g.channels(h, 3)), 3, 1);
  });
  expect(await rewritten(shared, "drop-dead-channels")).toBe(shared);
});
