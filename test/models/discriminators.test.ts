import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { parameterCount } from "../../src/graph/graph.js";
import { describeTransform } from "../../src/mapping/describe-transform.js";
import { resolveMapping } from "../../src/mapping/resolve.js";
import { familyOf } from "../../src/mapping/source-families.js";
import { discriminatorGraph, publishedDiscriminator } from "../../src/models/discriminator.js";
import { namedTensors, parseInventory } from "../helpers/named-tensors.js";

/** Of the paper (at 128) and of BigGAN-PyTorch; each inventory was made by PyTorch (scripts/fixtures/pytorch_discriminators.py). */
const PUBLISHED = [
  ["biggan", 128, 87_982_370],
  ["biggan", 256, 99_225_890],
  ["biggan", 512, 99_401_282],
  ["biggan-deep", 128, 34_590_210],
  ["biggan-deep", 256, 38_247_426],
  ["biggan-deep", 512, 38_301_122],
] as const;

const LAYERS = {
  biggan: ["block0", "attention", "block1"],
  "biggan-deep": ["stem", "stage0.block0", "stage0.block1"],
};

describe.each(PUBLISHED)("%s-%i", (name, resolution, parameters) => {
  const config = publishedDiscriminator(`${name}-discriminator`, resolution);
  const graph = discriminatorGraph(config);

  async function inventory() {
    const text = await readFile(new URL(`../golden/discriminators/${name}-${resolution}.txt`, import.meta.url), "utf8");
    const [first = "", ...lines] = text.split("\n");
    return { counted: Number(first.split(" ")[1]), source: namedTensors("D.pth", parseInventory(lines.join("\n"))) };
  }

  it("has exactly the parameters that PyTorch counts", async () => {
    expect(parameterCount(graph)).toBe(parameters);
    expect((await inventory()).counted).toBe(parameters);
  });

  it("judges pictures, with attention at 64 x 64", () => {
    const shapeOf = (layer: string) => graph.nodes.at(graph.layers.get(layer) ?? -1)?.shape;
    expect([graph.role, graph.resolution, graph.zDim, graph.classes]).toEqual(["discriminator", resolution, 0, 1000]);
    expect(shapeOf("attention")?.slice(1, 3)).toEqual([64, 64]);
    expect(shapeOf("final")).toEqual([-1, name === "biggan" ? 1536 : 2048]);
    expect([[...graph.layers.keys()].at(-1), shapeOf("logits")]).toEqual(["logits", [-1, 1]]);
    const last = [...graph.layers.values()].at(-3) ?? -1;
    expect(graph.nodes[last]?.shape.slice(1, 3)).toEqual([4, 4]);
    if (resolution === 128) expect([...graph.layers.keys()].slice(0, 3)).toEqual(LAYERS[name]);
  });

  it("is inferred from PyTorch's names and shapes, and filled in full, as the golden table says", async () => {
    const { source } = await inventory();
    const family = familyOf(source);
    expect(family.infer(source, undefined).config).toEqual(config);
    const { assignments, uses, issues } = resolveMapping(family.mapping, graph, source, "ema");
    expect(issues).toEqual([]);
    expect([...uses.keys()].sort()).toEqual([...source.tensors.keys()]);
    const lines = assignments.map(({ target, source: from, transforms }) => {
      const shape = graph.parameters.get(target)?.shape.join("x") || "scalar";
      return [target, shape, "<-", from, ...transforms.map(describeTransform)].join(" ");
    });
    await expect([...lines, ""].join("\n")).toMatchFileSnapshot(
      `../golden/mapping/${name}-${resolution}-discriminator.txt`,
    );
  });
});
