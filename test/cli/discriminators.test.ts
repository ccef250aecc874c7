import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readNpz } from "../../src/formats/npy/read-npz.js";
import { takeRows } from "../../src/runtime/evaluate.js";
import { encodeGrid } from "../../src/sampling/picture-grid.js";
import { bigganHere } from "../helpers/program.js";
import { largestDifference } from "../helpers/small-generators.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

const GENERATOR = "fixtures/biggan-mini.tar.gz";
const MODEL = "fixtures/pytorch/biggan-mini/D.pth";
const REFERENCE = "fixtures/pytorch/biggan-mini/D_reference.npz";

async function ok(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await bigganHere([...args, "--quiet"]);
  expect(stderr).toBe("");
  expect(code).toBe(0);
  return stdout;
}

/** Of all tests here, removed after the last. */
const shared: string[] = [];
async function sharedFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "biggan-port-test-"));
  shared.push(folder);
  return folder;
}
afterAll(() => Promise.all(shared.map((folder) => rm(folder, { recursive: true, force: true }))));

const jsonOf = async (...args: readonly string[]) => JSON.parse(await ok(...args, "--json"));

describe("a trained discriminator", () => {
  it("is inspected and checked", async () => {
    expect(await jsonOf("inspect", MODEL)).toMatchObject({
      family: "biggan-discriminator",
      role: "discriminator",
      resolution: 32,
      classes: 10,
      parameters: 335_546,
    });
    const check = await ok("check", MODEL);
    expect(check).toContain("BigGAN discriminator, 32 x 32, 10 classes, 335,546 parameters, attention at 16 x 16\n");
    expect(check).toContain(
      "biggan-pytorch-discriminator fits: 30 parameters filled, 47 source tensors accounted for.",
    );
  });

  it("runs on x and y, with layers", async () => {
    const output = join(await temporaryFolder(), "out.npz");
    await ok("run", MODEL, "--inputs", REFERENCE, "--output", output, "--taps", "--backend", "tfjs-cpu");
    const [found, wanted] = [await readNpz(output), await readNpz(REFERENCE)];
    expect(Object.fromEntries([...found].map(([name, { shape }]) => [name, shape]))).toEqual(
      Object.fromEntries([
        ["tap/block0", [16, 16, 16, 24]],
        ["tap/attention", [16, 16, 16, 24]],
        ["tap/block1", [16, 8, 8, 48]],
        ["tap/block2", [16, 4, 4, 96]],
        ["tap/block3", [16, 4, 4, 96]],
        ["tap/final", [16, 96]],
        ["logits", [16, 1]],
      ]),
    );
    const [a, b] = [found.get("logits"), wanted.get("logits")];
    expect(a && b && largestDifference(a, b)).toBeLessThan(1e-5);
  });

  it("is right, against PyTorch and against float64", async () => {
    const { verdict, questions, comparisons } = await jsonOf(
      "parity",
      MODEL,
      "--against",
      REFERENCE,
      "--backend",
      "reference,tfjs-wasm,ort-cpu",
    );
    expect([verdict, questions.port.answer, questions.runtime.answer]).toEqual(["explained by rounding", "yes", "yes"]);
    expect(comparisons).toHaveLength(3);
    const own = await jsonOf("parity", MODEL, "--against", "float64", "--backend", "tfjs-cpu");
    expect(own.comparisons[0].layers.map(({ layer }: { layer: string }) => layer)).toEqual([
      ...["block0", "attention", "block1", "block2", "block3", "final", "logits"],
    ]);
    expect(own.verdict).toBe("explained by rounding");
  });

  it("has a report", async () => {
    const folder = join(await temporaryFolder(), "report");
    await ok("parity", MODEL, "--against", REFERENCE, "-o", folder);
  });
});

describe("its export", () => {
  let folder: string;
  beforeAll(async () => {
    folder = join(await sharedFolder(), "export");
    await ok("convert", MODEL, "--to", "tfjs,onnx,safetensors", "-o", folder, "--goldens");
  });

  it("says its role, and holds goldens", async () => {
    const manifest = JSON.parse(await readFile(join(folder, "manifest.json"), "utf8"));
    expect(manifest.model).toMatchObject({ role: "discriminator", truncation: { kind: "none" }, zDim: 0 });
    expect(manifest.layers.at(-1)).toBe("logits");
    const goldens = await readNpz(join(folder, "goldens.npz"));
    expect([...goldens].map(([name, { shape }]) => [name, shape])).toEqual([
      ["x", [3, 32, 32, 3]],
      ["y", [3, 10]],
      ["logits", [3, 1]],
    ]);
    const { verdict } = await jsonOf("parity", folder, "--against", join(folder, "goldens.npz"));
    expect(verdict).toBe("explained by rounding");
  });

  it.each(["", "tfjs", "onnx", "weights.safetensors"])("is a model again: %s", async (part) => {
    const { verdict } = await jsonOf(
      "parity",
      join(folder, part),
      "--against",
      REFERENCE,
      "--backend",
      "reference,tfjs-wasm",
    );
    expect(verdict).toBe("explained by rounding");
  });
});

describe("score", () => {
  let images: string[];
  let logits: number[];
  beforeAll(async () => {
    const [folder, reference] = [await sharedFolder(), await readNpz(REFERENCE)];
    const [x, wanted] = [reference.get("x"), reference.get("logits")];
    if (x === undefined || wanted === undefined) throw new Error("no reference");
    images = [3, 5].map((row) => join(folder, `${row}.png`));
    logits = [3, 5].map((row) => wanted.data[row] ?? Number.NaN);
    for (const [index, row] of [3, 5].entries()) {
      await writeFile(images[index] ?? "", encodeGrid(takeRows(x, [row]), 1, { gap: 0, enlarge: 1 }));
    }
  });

  it("gives PyTorch's logits, as near as eight bits come", async () => {
    const { scores, backend } = await jsonOf("score", MODEL, "--images", ...images, "--class", "3", "--class", "5");
    expect(backend).toBe("tfjs-wasm");
    expect(scores).toEqual([
      { image: images[0], class: "3", logit: expect.closeTo(logits[0] ?? 0, 1) },
      { image: images[1], class: "5", logit: expect.closeTo(logits[1] ?? 0, 1) },
    ]);
  });

  it("takes one class for all, and mixes", async () => {
    const one = await jsonOf("score", MODEL, "--images", ...images, "--class", "3", "--backend", "reference");
    expect(one.scores.map((score: { class: string }) => score.class)).toEqual(["3", "3"]);
    expect(await ok("score", MODEL, "--images", images[0] ?? "", "--class", "3:0.5,5:0.5")).toMatch(
      /^picture +class +logit\n.*3\.png +3:0\.5, 5:0\.5 +-?\d+\.\d{4}\n$/,
    );
  });

  it.each([
    [
      ["score", GENERATOR, "--images", "x.png", "--class", "1"],
      "score: expected a discriminator, found a BigGAN generator",
    ],
    [
      ["score", MODEL, "--images", "a", "b", "c", "--class", "1", "--class", "2"],
      "--class: expected 1 or 3, as many as pictures, found 2",
    ],
    [["score", MODEL, "--images", "a.png", "--class", "10"], "class 10: expected an index from 0 to 9"],
    [["sample", MODEL, "-o", "x.png"], "sample: expected a generator, found a BigGAN discriminator"],
    [["interpolate", MODEL, "-o", "x.png", "--from", "1", "--to", "2"], "interpolate: expected a generator"],
    [["port", MODEL, "-o", "x"], "port: expected a generator, found a BigGAN discriminator"],
    [["convert", MODEL, "-o", "x", "--truncation", "0.5"], "--truncation: expected a generator"],
    [
      ["convert", MODEL, "-o", "x", "--dtype", "float16"],
      "--dtype, --quality, --max-bytes, --compute): expected a generator",
    ],
    [["parity", MODEL, "--against", "module"], "--against module: this model has no saved_model.pb"],
    [
      ["parity", GENERATOR, "--against", MODEL],
      "expected a model with z 40, 10 classes, 32 x 32, found x, 10 classes, 32 x 32",
    ],
  ])("%j: exit 2", async (args, message) => {
    const { code, stderr } = await bigganHere(args);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });

  it.each([
    [
      ["run", MODEL, "--inputs", "fixtures/biggan-mini.reference.npz", "--output", "x.npz"],
      "x: expected an array of this name, found only z, y, truncation, image",
    ],
    [
      ["run", GENERATOR, "--inputs", REFERENCE, "--output", "x.npz"],
      "truncation: expected an array of this name, found only x, y, logits",
    ],
    [["parity", GENERATOR, "--against", REFERENCE], "image: expected an array of this name"],
    [["score", MODEL, "--images", "package.json", "--class", "1"], "package.json at byte 0: signature: expected a PNG"],
  ])("%j: exit 3", async (args, message) => {
    const { code, stderr } = await bigganHere(args);
    expect(stderr).toContain(message);
    expect(code).toBe(3);
  });
});
