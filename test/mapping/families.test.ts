import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { MappingError } from "../../src/core/errors.js";
import type { ConfigFile } from "../../src/mapping/config-file.js";
import { resolveMapping } from "../../src/mapping/resolve.js";
import { familyOf, SOURCE_FAMILIES } from "../../src/mapping/source-families.js";
import { modelGraph } from "../../src/models/model-config.js";
import { namedTensors, parseInventory } from "../helpers/named-tensors.js";

type Shapes = Map<string, readonly number[]>;

const read = async (name: string): Promise<Shapes> =>
  parseInventory(await readFile(new URL(`../golden/inventory/${name}.txt`, import.meta.url), "utf8"));

const biggan = await read("biggan-pytorch-128");
const deep = await read("biggan-deep-pytorch-128");
const huggingFace = await read("huggingface-biggan-deep-128");

const changed = (shapes: Shapes, change: (copy: Shapes) => void): Shapes => {
  const copy = new Map(shapes);
  change(copy);
  return copy;
};

const infer = (shapes: Shapes, file?: ConfigFile, trained?: boolean) => {
  const source = namedTensors("G.pth", shapes);
  return familyOf(source).infer(source, file, trained);
};

function refusal(shapes: Shapes, file?: ConfigFile): string {
  try {
    infer(shapes, file);
  } catch (error) {
    if (error instanceof MappingError) return `${error.message} | ${error.hint ?? ""}`;
    throw error;
  }
  throw new Error("nothing was refused");
}

/** A configuration file as it lies beside weights. */
const saying = (values: ConfigFile["values"]): ConfigFile => ({ file: "config.json", values });

it("each is recognised by one family only", () => {
  for (const shapes of [biggan, deep, huggingFace]) {
    const { tensors } = namedTensors("G.pth", shapes);
    expect(SOURCE_FAMILIES.filter((family) => family.recognises(tensors))).toHaveLength(1);
  }
});

it("names that are nobody's are refused with those that are known", () => {
  expect(refusal(new Map([["conv1.weight", [3]]]))).toMatch(
    /^G.pth: mapping infer: expected the names of a BigGAN \(.*biggan-pytorch.*\), found none of them among 1 tensors \(conv1.weight …\)/,
  );
});

describe("epsilon", () => {
  it("is BigGAN-PyTorch's own where it has trained, and said to be assumed", () => {
    const { config, assumed } = infer(biggan);
    expect(config).toMatchObject({ epsilon: 1e-5 });
    expect(assumed[0]).toBe(
      "epsilon of the batch norms: 0.00001, BigGAN-PyTorch's own; " +
        'a config.json beside the file with {"BN_eps": …} says another',
    );
  });

  it("is that of TF Hub's modules where it has not", () => {
    const { config, assumed } = infer(biggan, undefined, false);
    expect(config).toMatchObject({ epsilon: 1e-4 });
    expect(assumed[0]).toMatch("epsilon of the batch norms: 0.0001, that of TF Hub's modules, as no singular values");
  });

  it("is what a config.json says", () => {
    expect(infer(biggan, saying({ BN_eps: 1e-4 })).config).toMatchObject({ epsilon: 1e-4 });
    expect(infer(biggan, saying({ BN_eps: 1e-4 })).assumed.join()).not.toMatch("epsilon");
    expect(infer(huggingFace, saying({ eps: 1e-3 })).config).toMatchObject({ epsilon: 1e-3 });
  });
});

describe("spectral norm", () => {
  const without = changed(biggan, (copy) => {
    for (const name of [...copy.keys()]) if (/\.(u0|sv0)$/.test(name)) copy.delete(name);
  });

  it("may be missing altogether, which is said", () => {
    expect(familyOf(namedTensors("G.pth", without)).name).toBe("biggan-pytorch-folded");
    expect(infer(without).assumed.at(-1)).toMatch("no singular vectors (….u0)");
  });

  it("may not be missing here and there", () => {
    const shapes = changed(biggan, (copy) => copy.delete("blocks.1.0.conv1.u0"));
    const source = namedTensors("G.pth", shapes);
    const { mapping } = familyOf(source);
    const { issues } = resolveMapping(mapping, modelGraph(infer(shapes).config), source, "ema");
    expect(issues).toMatchObject([{ kind: "missing-source", target: "block1.conv0.w", source: "blocks.1.0.conv1.u0" }]);
  });

  it("removed from pytorch-pretrained-BigGAN is another family", () => {
    const plain = new Map<string, readonly number[]>();
    for (const [name, shape] of huggingFace) {
      if (!/weight_[uv]$/.test(name)) plain.set(name.replace("weight_orig", "weight"), shape);
    }
    expect(familyOf(namedTensors("model.bin", plain)).name).toBe("huggingface-biggan-deep-folded");
    expect(infer(plain).config).toEqual(infer(huggingFace).config);
  });
});

describe("shapes that make no model", () => {
  it.each<[string, Shapes, string]>([
    [
      "a generator without a shared embedding",
      changed(biggan, (copy) => copy.delete("shared.weight")),
      "G.pth: mapping infer: shared.weight: expected the embedding that all batch norms share, found no such tensor | " +
        "Generators trained without G_shared condition each batch norm by an embedding of its own, which is not supported.",
    ],
    [
      "a generator whose blocks see no z",
      changed(biggan, (copy) => {
        for (const [name, [out = 0]] of copy) if (/bn\d\.(gain|bias)\.weight$/.test(name)) copy.set(name, [out, 128]);
      }),
      "G.pth: mapping infer: blocks.0.0.bn1.gain.weight: expected 148 inputs, the embedding and 20 of z, found 128 | " +
        "Generators trained without hier, whose blocks see no z, are not supported.",
    ],
    [
      "a generator without attention",
      changed(biggan, (copy) => {
        for (const name of [...copy.keys()]) if (name.startsWith("blocks.3.1.")) copy.delete(name);
      }),
      "G.pth: mapping infer: blocks: expected one attention (blocks.N.1.theta.weight), found none | " +
        "Generators with any other number of attention blocks (G_attn) are not supported.",
    ],
    [
      "a generator with two",
      changed(deep, (copy) => copy.set("blocks.5.1.theta.weight", [64, 512, 1, 1])),
      "G.pth: mapping infer: blocks: expected one attention (blocks.N.1.theta.weight), found 2 (after blocks 5, 7) | " +
        "Generators with any other number of attention blocks (G_attn) are not supported.",
    ],
    [
      "an image that does not begin at 4 x 4",
      changed(biggan, (copy) => copy.set("linear.weight", [1536 * 36, 20])),
      "G.pth: mapping infer: linear.weight: expected 16 outputs a channel (an image of 4 x 4), " +
        "found 55296 for 1536 channels of blocks.0.0.conv1 | ",
    ],
    [
      "blocks that do not follow each other",
      changed(deep, (copy) => copy.set("blocks.2.0.conv1.weight", [512, 1024, 1, 1])),
      "G.pth: mapping infer: block 2 (blocks.2.0.conv1): expected 2048 input channels, found 1024 | ",
    ],
    [
      "a filter of another rank",
      changed(biggan, (copy) => copy.set("blocks.2.0.conv2.weight", [384, 384])),
      "G.pth: mapping infer: blocks.2.0.conv2.weight: expected shape [out, in, height, width], found [384, 384] | ",
    ],
    [
      "an embedding that is none",
      changed(huggingFace, (copy) => copy.delete("embeddings.weight")),
      "G.pth: mapping infer: embeddings.weight: expected shape [out, in], found no such tensor | ",
    ],
    [
      "statistics of one row",
      changed(huggingFace, (copy) => copy.set("generator.bn.running_means", [1, 128])),
      "G.pth: mapping infer: generator.bn.running_means: expected at least 2 rows, found 1 | ",
    ],
    [
      "layers without attention",
      changed(huggingFace, (copy) => copy.delete("generator.layers.8.gamma")),
      "G.pth: mapping infer: generator.layers: expected one attention (….gamma), found 0 | ",
    ],
  ])("%s", (_, shapes, words) => {
    expect(refusal(shapes)).toBe(words);
  });

  it("a tensor of another shape, in the checkpoint's own order of axes", () => {
    const shapes = changed(biggan, (copy) => copy.set("blocks.0.0.conv1.weight", [1536, 1536, 5, 5]));
    const source = namedTensors("G.pth", shapes);
    const { mapping } = familyOf(source);
    const { issues } = resolveMapping(mapping, modelGraph(infer(shapes).config), source, "ema");
    expect(issues).toEqual([
      {
        kind: "shape",
        target: "block0.conv0.w",
        source: "blocks.0.0.conv1.weight",
        expected: [1536, 1536, 3, 3],
        found: [1536, 1536, 5, 5],
      },
    ]);
  });
});

describe("a config.json of pytorch-pretrained-BigGAN", () => {
  const layers = [
    [false, 16, 16],
    [true, 16, 16],
    [false, 16, 16],
    [true, 16, 8],
    [false, 8, 8],
    [true, 8, 4],
    [false, 4, 4],
    [true, 4, 2],
    [false, 2, 2],
    [true, 2, 1],
  ] satisfies [boolean, number, number][];

  it("says where the image is enlarged", () => {
    expect(infer(huggingFace).assumed).toContain("upsampling: in every second block, as in the published sizes");
    const turned = layers.map(([, from, to], index): [boolean, number, number] => [index > 4, from, to]);
    const { config, assumed } = infer(huggingFace, saying({ layers: turned, channel_width: 128, eps: 1e-4 }));
    const blocks = config.rows.map(({ block }) => block);
    expect(blocks.slice(0, 6)).toEqual(["same", "same", "same", "same", "same", "up"]);
    expect(assumed).toEqual([]);
  });

  it("of another model is refused", () => {
    expect(refusal(huggingFace, saying({ num_classes: 10 }))).toBe(
      "G.pth: mapping infer: config.json: num_classes: expected 1000 as the weights have it, found 10 | " +
        "The config.json is of another model: put the right one beside the weights, or take it away.",
    );
    expect(refusal(biggan, saying({ resolution: 64 }))).toMatch(
      "resolution: expected 128 as the weights have it, found 64",
    );
    expect(refusal(huggingFace, saying({ layers, channel_width: 32 }))).toMatch(
      /config.json: layers: expected those of the weights \(channels 2048 to 2048, .*found 512 to 512, .*The config.json is of another model/,
    );
  });
});
