import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import type { TensorSource } from "../../src/core/tensor-source.js";
import { describeTransform } from "../../src/mapping/describe-transform.js";
import { fillsParameter, resolveMapping } from "../../src/mapping/resolve.js";
import { familyOf } from "../../src/mapping/source-families.js";
import { type Family, type GeneratorConfig, publishedConfig } from "../../src/models/generator.js";
import { modelGraph } from "../../src/models/model-config.js";
import { namedTensors, parseInventory } from "../helpers/named-tensors.js";

type Resolution = 128 | 256 | 512;

/**
 * Names and shapes of the published sizes as other forms of checkpoint have them: those of pytorch-pretrained-BigGAN by its own
 * classes, those of BigGAN-PyTorch by the parameter counts of its own (scripts/fixtures/pytorch_generators.py).
 */
async function inventory(name: string): Promise<TensorSource> {
  const shapes = parseInventory(await readFile(new URL(`../golden/inventory/${name}.txt`, import.meta.url), "utf8"));
  return namedTensors(name, shapes);
}

/** The variables of a module without the tables of its graph. */
async function dump(name: string): Promise<TensorSource> {
  const source = await inventory(name);
  const variables = [...source.tensors].filter(([tensor]) => !tensor.includes("/standing_"));
  return { ...source, tensors: new Map(variables) };
}

/** What BigGAN-PyTorch has differently from the modules. */
function pytorchConfig(family: Family, resolution: Resolution): GeneratorConfig {
  const config = publishedConfig(family, resolution);
  const own = { truncationGrid: [1], epsilon: 1e-5 };
  return config.family === "biggan-deep" ? { ...config, ...own, rgbChannels: 3 } : { ...config, ...own };
}

interface Published {
  readonly name: string;
  readonly mapping: string;
  readonly source: () => Promise<TensorSource>;
  readonly config: GeneratorConfig;
}

const SIZES = [128, 256, 512] as const;
const PUBLISHED: readonly Published[] = [
  ...SIZES.map((size) => ({
    name: `huggingface-biggan-deep-${size}`,
    mapping: "huggingface-biggan-deep",
    source: () => inventory(`huggingface-biggan-deep-${size}`),
    config: { ...publishedConfig("biggan-deep", size), epsilon: 1e-4 },
  })),
  ...SIZES.map((size) => ({
    name: `biggan-pytorch-${size}`,
    mapping: "biggan-pytorch",
    source: () => inventory(`biggan-pytorch-${size}`),
    config: pytorchConfig("biggan", size),
  })),
  ...([128, 256] as const).map((size) => ({
    name: `biggan-deep-pytorch-${size}`,
    mapping: "biggan-deep-pytorch",
    source: () => inventory(`biggan-deep-pytorch-${size}`),
    config: pytorchConfig("biggan-deep", size),
  })),
  ...(["biggan", "biggan-deep"] as const).flatMap((family) =>
    SIZES.map((size) => ({
      name: `tfhub-hdf5-${family}-${size}`,
      mapping: `tfhub-hdf5-${family}`,
      source: () => dump(`${family}-${size}`),
      config: { ...publishedConfig(family, size), truncationGrid: [1] },
    })),
  ),
];

describe.each(PUBLISHED)("$name", ({ name, mapping: wanted, source: open, config }) => {
  it("has its configuration inferred from names and shapes alone", async () => {
    const source = await open();
    const family = familyOf(source);
    expect(family.name).toBe(wanted);
    expect(family.infer(source, undefined).config).toEqual(config);
  });

  it("maps in full, both ways, as the golden table says", async () => {
    const source = await open();
    const graph = modelGraph(config);
    const { assignments, uses, issues } = resolveMapping(familyOf(source).mapping, graph, source, "ema");
    expect(issues).toEqual([]);
    expect([...uses.keys()].sort()).toEqual([...source.tensors.keys()].sort());
    const lines = assignments.map(({ target, source: from, transforms }) => {
      const shape = graph.parameters.get(target)?.shape.join("x") || "scalar";
      return [target, shape, "<-", from, ...transforms.map(describeTransform)].join(" ");
    });
    const left = [...uses].filter(([, use]) => !fillsParameter(graph, use));
    const ignored = left.map(([tensor, reason]) => `# ${tensor}: ${reason}`);
    await expect([...lines, ...ignored, ""].join("\n")).toMatchFileSnapshot(`../golden/mapping/${name}.txt`);
  });
});
