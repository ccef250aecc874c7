import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readNpz } from "../../src/formats/npy/read-npz.js";
import { type Model, openModel } from "../../src/mapping/open-model.js";
import { familyOf } from "../../src/mapping/source-families.js";
import { scoredReference } from "../../src/parity/scored-cases.js";
import { evaluate } from "../../src/runtime/evaluate.js";
import { openReference } from "../../src/runtime/reference/open-reference.js";
import { layerOf } from "../../src/runtime/runtime.js";
import { openTfjs } from "../../src/runtime/tfjs/open-tfjs.js";
import { fixture } from "../helpers/fixtures.js";
import { namedTensors } from "../helpers/named-tensors.js";
import { largestDifference, largestMagnitude } from "../helpers/small-generators.js";

const golden = (name: string) => fileURLToPath(new URL(`../golden/discriminators/${name}`, import.meta.url));

async function torchs(model: Model, file: string) {
  return scoredReference(file, await readNpz(file), model.graph);
}

describe.each(["deep", "deep-32", "plain", "plain-32"])("%s, random, its singular vectors not converged", (name) => {
  it("has the layers and logits that PyTorch computes in float64", async () => {
    await using model = await openModel(golden(`${name}.pth`));
    const { inputs, layers } = await torchs(model, golden(`${name}.npz`));
    expect([...layers.keys()]).toEqual([...model.graph.layers.keys()]);
    await using runtime = await openReference(model.graph, model.parameters());
    const found = await evaluate(runtime, inputs, { taps: [...layers.keys()] });
    for (const [layer, expected] of layers) {
      // Layers were written in float32, logits in float64.
      const allowed = (layer === "logits" ? 1e-12 : 1e-7) * largestMagnitude(expected);
      expect(largestDifference(layerOf(found, layer), expected), layer).toBeLessThan(allowed);
    }
  });
});

describe.each(["biggan-mini", "biggan-deep-mini"])("the trained discriminator of %s", (name) => {
  const file = fixture(`pytorch/${name}/D.pth`);
  const reference = fixture(`pytorch/${name}/D_reference.npz`);

  it("gives PyTorch's logits in float64 and in float32", async () => {
    await using model = await openModel(file);
    const { inputs, layers } = await torchs(model, reference);
    const wanted = layerOf(layers, "logits");
    await using reference64 = await openReference(model.graph, model.parameters());
    expect(largestDifference(layerOf(await evaluate(reference64, inputs), "logits"), wanted)).toBeLessThan(1e-5);
    for (const backend of ["tfjs-cpu", "tfjs-wasm"] as const) {
      await using runtime = await openTfjs(model.graph, model.parameters(), { backend });
      expect(largestDifference(layerOf(await evaluate(runtime, inputs), "logits"), wanted)).toBeLessThan(1e-5);
    }
  });
});

describe("what is no discriminator that the graphs know", () => {
  /** The state dict of a small BigGAN.py discriminator for 16 x 16, its last image 4 x 4. */
  const plain: readonly (readonly [string, readonly number[]])[] = [
    ...block("blocks.0.0", 3, 8, true),
    ...block("blocks.1.0", 8, 8, true),
    ...block("blocks.2.0", 8, 8, true),
    ["linear.weight", [1, 8]],
    ["linear.bias", [1]],
    ["embed.weight", [5, 8]],
  ];

  function block(name: string, from: number, to: number, shortcut: boolean): [string, readonly number[]][] {
    const conv = (part: string, size: number, inputs: number): [string, readonly number[]][] => [
      [`${name}.${part}.weight`, [to, inputs, size, size]],
      [`${name}.${part}.bias`, [to]],
    ];
    return [...conv("conv1", 3, from), ...conv("conv2", 3, to), ...(shortcut ? conv("conv_sc", 1, from) : [])];
  }

  function inferred(changes: Readonly<Record<string, readonly number[] | undefined>>) {
    const shapes = new Map(plain);
    for (const [name, shape] of Object.entries(changes)) {
      if (shape === undefined) shapes.delete(name);
      else shapes.set(name, shape);
    }
    const source = namedTensors("D.pth", shapes);
    return familyOf(source).infer(source, undefined);
  }

  it("is taken when it is one, also without singular vectors", () => {
    const { config, assumed } = inferred({});
    expect(config).toMatchObject({ family: "biggan-discriminator", classes: 5, resolution: 32 });
    expect(assumed).toEqual([
      "pictures of 32 x 32: what BigGAN.py has with so many halving blocks",
      "no singular vectors (….u0): the weights are taken as they are, with the spectral norm divided out",
    ]);
  });

  it.each([
    [{ "blocks.0.0.conv1.weight": [8, 4, 3, 3] }, "blocks.0.0.conv1.weight: expected 3 input channels, found 4"],
    [{ "blocks.1.0.conv1.weight": [8, 16, 3, 3] }, "blocks.1.0.conv1.weight: expected 8 input channels, found 16"],
    [
      { "blocks.1.0.conv1.weight": [8, 8] },
      "blocks.1.0.conv1.weight: expected shape [out, in, height, width], found [8, 8]",
    ],
    [{ "blocks.0.1.conv1.weight": [8, 8, 3, 3] }, "blocks.0: expected 1 block a stage, found more (D_depth)"],
    [{ "linear.weight": [2, 8] }, "linear.weight: expected 1 output, found 2 (output_dim)"],
    [{ "linear.weight": [1, 9] }, "linear.weight: expected 8 columns, as the last block gives, found 9"],
    [{ "embed.weight": [5, 4] }, "embed.weight: expected 8 columns, as the last block gives, found 4"],
    [
      { "blocks.0.1.theta.weight": [1, 8, 1, 1], "blocks.1.1.theta.weight": [1, 8, 1, 1] },
      "blocks: expected at most one attention (blocks.N.1.theta.weight), found 2",
    ],
    [{ "input_conv.weight": [8, 1, 3, 3] }, "input_conv.weight: expected 3 input channels, found 1"],
  ])("%j", (changes, words) => {
    expect(() => inferred(changes)).toThrow(`D.pth: mapping infer: ${words}`);
  });
});
