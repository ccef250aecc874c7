import { expect, test } from "vitest";
import { GraphBuilder } from "../../src/graph/builder.js";
import { BATCH } from "../../src/graph/graph.js";
import { generatorGraph, publishedConfig } from "../../src/models/generator.js";
import { schedule } from "../../src/runtime/schedule.js";

const nodeOf = (graph: ReturnType<typeof generatorGraph>, layer: string) => graph.layers.get(layer) ?? -1;

test("leaves out what the outputs do not depend on", () => {
  const g = new GraphBuilder();
  const z = g.input("z", [BATCH, 4]);
  const used = g.layer("used", g.features(z, 0, 2));
  g.layer("unused", g.linear("dead", z, 3, { bias: true }));
  g.layer("image", g.addScalar(used, 1));
  const graph = g.build({ name: "test", role: "generator", zDim: 4, classes: 1, resolution: 1 });
  const steps = schedule(graph, [nodeOf(graph, "image")]);
  expect(steps.map(({ node, layers, drop }) => [node.name, layers, drop.map((id) => graph.nodes[id]?.name)])).toEqual([
    ["z", [], []],
    ["slice", ["used"], ["z"]],
    ["addScalar", ["image"], ["addScalar", "slice"]],
  ]);
});

test.each(["biggan", "biggan-deep"] as const)("%s: every value is dropped once, after its last user", (family) => {
  const graph = generatorGraph(publishedConfig(family, 128));
  const dropped = new Set<number>();
  for (const { node, drop } of schedule(graph, [nodeOf(graph, "image"), nodeOf(graph, "block0")])) {
    for (const input of node.inputs) expect(dropped.has(input)).toBe(false);
    for (const id of drop) {
      expect(dropped.has(id)).toBe(false);
      dropped.add(id);
    }
  }
  expect(dropped.size).toBe(graph.nodes.length);
});
