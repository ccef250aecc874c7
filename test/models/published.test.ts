import { describe, expect, it } from "vitest";
import { parameterCount } from "../../src/graph/graph.js";
import { generatorGraph, publishedConfig } from "../../src/models/generator.js";

/** Trained parameters of the released generators: facts on the TF Hub modules, counted in PyTorch by others and stated in the paper. */
const PUBLISHED = [
  ["biggan", 128, 120, 70_433_988],
  ["biggan", 256, 140, 82_097_604],
  ["biggan", 512, 128, 82_296_804],
  ["biggan-deep", 128, 128, 50_388_609],
  ["biggan-deep", 256, 128, 55_880_833],
  ["biggan-deep", 512, 128, 56_163_905],
] as const;

describe.each(PUBLISHED)("%s-%i", (family, resolution, zDim, parameters) => {
  const graph = generatorGraph(publishedConfig(family, resolution));

  it("has exactly the published number of parameters", () => {
    expect(parameterCount(graph)).toBe(parameters);
  });

  it("has the published z size, classes and resolution", () => {
    expect([graph.zDim, graph.classes, graph.resolution]).toEqual([zDim, 1000, resolution]);
    expect(graph.nodes.at(graph.layers.get("image") ?? -1)?.shape).toEqual([-1, resolution, resolution, 3]);
  });

  it("has its attention where the paper has it", () => {
    const side = family === "biggan" && resolution === 256 ? 128 : 64;
    expect(graph.nodes.at(graph.layers.get("attention") ?? -1)?.shape[1]).toBe(side);
  });
});
