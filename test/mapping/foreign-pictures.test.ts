import { cp } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ParameterSource } from "../../src/core/parameter-source.js";
import { toFloat64 } from "../../src/core/tensor.js";
import { readNpz } from "../../src/formats/npy/read-npz.js";
import { type Model, openModel } from "../../src/mapping/open-model.js";
import type { WeightChoice } from "../../src/mapping/resolve.js";
import { evaluate } from "../../src/runtime/evaluate.js";
import { openReference } from "../../src/runtime/reference/open-reference.js";
import { fixture } from "../helpers/fixtures.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

/** The largest difference of a pixel between a model in float64 and pictures that others computed from the same file. */
async function worstPixel(model: Pick<Model, "graph" | "parameters">, reference: string): Promise<number> {
  const arrays = await readNpz(reference);
  const at = (key: string) => {
    const array = arrays.get(key);
    if (array === undefined) throw new Error(`${reference} has no ${key}`);
    return array;
  };
  await using runtime = await openReference(model.graph, model.parameters());
  const truncation = Array.from(at("truncation").data);
  const layers = await evaluate(runtime, { z: at("z"), y: at("y"), truncation });
  const image = layers.get("image")?.data ?? new Float64Array(0);
  const wanted = toFloat64(at("image").data);
  expect(image).toHaveLength(wanted.length);
  return wanted.reduce((worst, value, index) => Math.max(worst, Math.abs(value - (image[index] ?? Number.NaN))), 0);
}

interface Case {
  readonly file: string;
  readonly reference: string;
  readonly mapping: string;
  readonly weights?: WeightChoice;
  readonly within: number;
}

/** References are float64 results rounded to float32, which is 6e-8 near 1. */
const ROUNDED = 1e-7;

const CASES: readonly Case[] = [
  {
    file: "tiny-huggingface/pytorch_model.bin",
    reference: "tiny-huggingface/reference.npz",
    mapping: "huggingface-biggan-deep",
    within: ROUNDED,
  },
  {
    file: "tiny-huggingface/parametrized.bin",
    reference: "tiny-huggingface/parametrized.reference.npz",
    mapping: "huggingface-biggan-deep",
    within: ROUNDED,
  },
  {
    // The package divided in float32 when it removed the norm.
    file: "tiny-huggingface/folded.bin",
    reference: "tiny-huggingface/reference.npz",
    mapping: "huggingface-biggan-deep-folded",
    within: 1e-6,
  },
  {
    file: "tiny-biggan-pytorch/training.pth",
    reference: "tiny-biggan-pytorch/reference.npz",
    mapping: "biggan-pytorch",
    // The sums of the standing statistics are float32.
    within: 1e-6,
  },
  {
    file: "tiny-biggan-pytorch/training.pth",
    reference: "tiny-biggan-pytorch/raw.reference.npz",
    mapping: "biggan-pytorch",
    weights: "raw",
    within: 1e-6,
  },
  {
    file: "tiny-biggan-pytorch/cross_replica.pth",
    reference: "tiny-biggan-pytorch/reference.npz",
    mapping: "biggan-pytorch",
    within: ROUNDED,
  },
  {
    file: "tiny-biggan-deep-pytorch/G_ema.pth",
    reference: "tiny-biggan-deep-pytorch/reference.npz",
    mapping: "biggan-deep-pytorch",
    within: ROUNDED,
  },
  {
    file: "biggan-mini/G_ema.pth",
    reference: "biggan-mini/reference.npz",
    mapping: "biggan-pytorch",
    within: ROUNDED,
  },
  {
    // Pictures by pytorch-pretrained-BigGAN itself.
    file: "biggan-deep-mini/pytorch_model.bin",
    reference: "biggan-deep-mini/package.reference.npz",
    mapping: "huggingface-biggan-deep",
    within: ROUNDED,
  },
  {
    // Pictures with one more power step in float64 instead of the stored vectors, and plain linear interpolation.
    file: "biggan-deep-mini/pytorch_model.bin",
    reference: "biggan-deep-mini/reference.npz",
    mapping: "huggingface-biggan-deep",
    within: 1e-5,
  },
];

describe("pictures that PyTorch computed", () => {
  it.each(CASES)("from $file ($reference)", async ({ file, reference, mapping, weights = "ema", within }) => {
    await using model = await openModel(fixture(`pytorch/${file}`), { weights });
    expect(model.resolution.mapping.name).toBe(mapping);
    expect(model.resolution.issues).toEqual([]);
    expect(await worstPixel(model, fixture(`pytorch/${reference}`))).toBeLessThan(within);
  });
});

describe("the same weights from TF Hub", () => {
  it("are within what the epsilon of the spectral norm makes of pytorch-pretrained-BigGAN's pictures", async () => {
    await using hub = await openModel(fixture("biggan-deep-mini.tar.gz"));
    await using theirs = await openModel(fixture("pytorch/biggan-deep-mini/pytorch_model.bin"));
    const [weights, statistics] = [hub.parameters(), theirs.parameters()];
    // The statistics of the two fixtures were accumulated apart, from other samples.
    const parameters = (): ParameterSource => ({
      read: (name, options) =>
        (hub.graph.parameters.get(name)?.kind === "statistic" ? statistics : weights).read(name, options),
    });
    const reference = fixture("pytorch/biggan-deep-mini/package.reference.npz");
    const worst = await worstPixel({ graph: hub.graph, parameters }, reference);
    expect(worst).toBeLessThan(2e-3);
    // The difference is real: it is not the same arithmetic.
    expect(worst).toBeGreaterThan(1e-5);
  });

  it("at truncation 1 are within it of BigGAN-PyTorch's", async () => {
    await using model = await openModel(fixture("pytorch/biggan-mini/weights.h5"));
    expect(await worstPixel(model, fixture("pytorch/biggan-mini/reference.npz"))).toBeLessThan(2e-3);
  });
});

describe("without the config.json beside the file", () => {
  it("converted weights are told from those that BigGAN-PyTorch has trained, by the singular values", async () => {
    const file = join(await temporaryFolder(), "G_ema.pth");
    await cp(fixture("pytorch/biggan-mini/G_ema.pth"), file);
    await using converted = await openModel(file);
    expect(converted.config).toMatchObject({ epsilon: 1e-4 });
    expect(converted.warnings[0]).toMatch(/^G_ema\.pth: assumed epsilon of the batch norms: 0\.0001, that of TF Hub's/);
    await using trained = await openModel(fixture("pytorch/tiny-biggan-pytorch/cross_replica.pth"));
    expect(trained.config).toMatchObject({ epsilon: 1e-5 });
  });
});
