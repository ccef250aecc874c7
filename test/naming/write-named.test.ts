import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { decodeFloats } from "../../src/core/tensor.js";
import type { TensorSource } from "../../src/core/tensor-source.js";
import { openSafetensors } from "../../src/formats/safetensors/open-safetensors.js";
import { fixture } from "../helpers/fixtures.js";
import { golden } from "../helpers/golden.js";
import { bigganHere } from "../helpers/program.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

const MODULE = fixture("biggan-mini.tar.gz");
const DEEP_MODULE = fixture("biggan-deep-mini.tar.gz");

/** Converts and opens what was written. */
async function named(model: string, names: string, ...options: string[]) {
  const folder = join(await temporaryFolder(), "named");
  const args = ["convert", model, "-o", folder, "--to", "safetensors", "--names", names, "--quiet", ...options];
  const { code, stderr } = await bigganHere(args);
  expect(stderr).toBe("");
  expect(code).toBe(0);
  return { folder, source: await openSafetensors(join(folder, "model.safetensors")) };
}

/** `name 3x3x96x3 sha256` of each tensor. */
async function hashes(source: TensorSource): Promise<Map<string, string>> {
  const lines = new Map<string, string>();
  for (const { name, shape } of source.tensors.values()) {
    const hash = createHash("sha256")
      .update(await source.read(name))
      .digest("hex");
    lines.set(name, `${shape.join("x") || "scalar"} ${hash}`);
  }
  return lines;
}

/** What torch reads in the file of somebody else's converter (scripts/fixtures/pytorch_hashes.py). */
function torchHashes(name: string): Map<string, string> {
  const lines = readFileSync(golden(`naming/${name}.txt`), "utf8")
    .trim()
    .split("\n");
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(" ")), line.slice(line.indexOf(" ") + 1)]));
}

const hashOf = (line: string | undefined) => line?.split(" ")[1];

it("gives the tensors of a module to BigGAN-PyTorch byte for byte", async () => {
  const { source } = await named(MODULE, "biggan-pytorch");
  await using _ = source;
  const [ours, theirs] = [await hashes(source), torchHashes("biggan-mini")];
  // Their statistics were estimated anew; the singular values were left out.
  const moved = [...theirs.keys()].filter((name) => !name.includes(".stored_"));
  expect(moved).toHaveLength(69);
  for (const name of moved) expect(hashOf(ours.get(name)), name).toBe(hashOf(theirs.get(name)));
  const others = [...ours.keys()].filter((name) => !theirs.has(name));
  expect(others).toHaveLength(27);
  expect(others.every((name) => name.endsWith(".sv0"))).toBe(true);
});

it("gives the variables of an HDF5 dump to BigGAN-PyTorch byte for byte", async () => {
  const folder = join(await temporaryFolder(), "named");
  const model = fixture("pytorch/biggan-mini/weights.h5");
  await bigganHere(["convert", model, "-o", folder, "--to", "safetensors", "--names", "biggan-pytorch", "--quiet"]);
  await using source = await openSafetensors(join(folder, "model.safetensors"));
  const ours = await hashes(source);
  for (const [name, line] of torchHashes("biggan-mini")) expect(hashOf(ours.get(name)), name).toBe(hashOf(line));
});

it("gives the tensors of a module to pytorch-pretrained-BigGAN byte for byte, with its singular vectors", async () => {
  const { source, folder } = await named(DEEP_MODULE, "huggingface");
  await using _ = source;
  const [ours, theirs] = [await hashes(source), torchHashes("biggan-deep-mini")];
  expect([...ours.keys()].sort()).toEqual([...theirs.keys()].sort());
  const moved = [...theirs.keys()].filter((name) => !/running_|weight_[uv]$/.test(name));
  expect(moved).toHaveLength(108);
  for (const name of moved) expect(ours.get(name), name).toBe(theirs.get(name));
  await using state = await openState("pytorch/biggan-deep-mini/pytorch_model.bin");
  for (const name of [...theirs.keys()].filter((each) => /weight_[uv]$/.test(each))) {
    const [u, wanted] = [await floats(source, name), await floats(state, name)];
    // Theirs were computed in float32.
    for (const [index, value] of u.entries()) expect(Math.abs(value - (wanted[index] ?? 0))).toBeLessThan(1e-6);
  }
  const config = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));
  expect(config(join(folder, "config.json"))).toEqual(config(fixture("pytorch/biggan-deep-mini/config.json")));
});

it.each([
  ["biggan-mini/G_ema.pth", "biggan-pytorch", "biggan-mini"],
  ["biggan-mini/D.pth", "biggan-pytorch", "biggan-mini-discriminator"],
  ["biggan-deep-mini/pytorch_model.bin", "huggingface", "biggan-deep-mini"],
])("writes every tensor of %s as it was", async (file, names, wanted) => {
  const { source } = await named(fixture(`pytorch/${file}`), names);
  await using _ = source;
  const [ours, theirs] = [await hashes(source), torchHashes(wanted)];
  for (const [name, line] of theirs) expect(ours.get(name), name).toBe(line);
  expect([...ours.keys()].filter((name) => !theirs.has(name) && !name.endsWith(".sv0"))).toEqual([]);
});

it.each([
  ["pytorch/tiny-huggingface/parametrized.bin", "huggingface"],
  ["pytorch/tiny-biggan-pytorch/training.pth", "biggan-pytorch"],
  ["pytorch/tiny-biggan-deep-pytorch/G_ema.pth", "biggan-pytorch"],
])("is the same model again: %s", async (file, names) => {
  const { folder, source } = await named(fixture(file), names);
  await source[Symbol.asyncDispose]();
  const { code, stdout } = await bigganHere(["diff", fixture(file), folder, "--quiet"]);
  expect(stdout).toMatch(/^identical: all \d+ parameters have the same numbers$/m);
  expect(code).toBe(0);
});

it("writes weights of an export divided, for layers without the norm", async () => {
  const folder = join(await temporaryFolder(), "export");
  await bigganHere(["convert", DEEP_MODULE, "-o", folder, "--to", "safetensors", "--no-goldens", "--quiet"]);
  const { folder: written, source } = await named(folder, "huggingface");
  await using _ = source;
  expect([...source.tensors.keys()].filter((name) => /weight_(orig|u|v)$/.test(name))).toEqual([]);
  expect(source.tensors.has("generator.gen_z.weight")).toBe(true);
  const { stdout } = await bigganHere(["diff", folder, written, "--quiet"]);
  expect(stdout).toMatch(/^identical: all 158 parameters/m);
});

it("takes the statistics of one truncation", async () => {
  const { source } = await named(MODULE, "biggan-pytorch", "--truncation", "0.43");
  await using one = source;
  const at = async (truncation: string) => {
    const { source: other } = await named(MODULE, "biggan-pytorch", "--truncation", truncation);
    await using own = other;
    return await floats(own, "output_layer.0.stored_var");
  };
  const [below, above] = [await at("0.42"), await at("0.44")];
  const found = await floats(one, "output_layer.0.stored_var");
  for (const [index, value] of found.entries()) {
    expect(value).toBeCloseTo(((below[index] ?? 0) + (above[index] ?? 0)) / 2, 6);
  }
});

it.each([
  [
    6,
    "that project has no BigGAN\nIt can be written with --names biggan-port or biggan-pytorch.",
    [MODULE, "--names", "huggingface"],
  ],
  [
    6,
    "BigGANdeep.py's last convolution gives the 3 channels of the picture, this model's 32\nIt can be written with --names biggan-port or huggingface.",
    [DEEP_MODULE, "--names", "biggan-pytorch"],
  ],
  [
    2,
    "--truncation: --names huggingface holds the statistics of all truncations",
    [DEEP_MODULE, "--names", "huggingface", "--truncation", "0.5"],
  ],
  [2, "--truncation: expected 0.02 … 1, found 0.01", [MODULE, "--names", "biggan-pytorch", "--truncation", "0.01"]],
  [
    2,
    "--dtype: weights under other names are written as they are",
    [MODULE, "--names", "biggan-pytorch", "--dtype", "float16"],
  ],
  [
    2,
    "--names biggan-pytorch: expected --to safetensors alone, found --to tfjs,safetensors",
    [MODULE, "--names", "biggan-pytorch", "--to", "tfjs"],
  ],
] as const)("refuses in words: exit %i, %s", async (wanted, words, args) => {
  const folder = join(await temporaryFolder(), "out");
  const { code, stderr } = await bigganHere(["convert", ...args, "-o", folder, "--to", "safetensors", "--quiet"]);
  expect(stderr).toContain(words);
  expect(code).toBe(wanted);
});

async function openState(file: string): Promise<TensorSource> {
  const { openModel } = await import("../../src/mapping/open-model.js");
  return (await openModel(fixture(file))).source;
}

async function floats(source: TensorSource, name: string) {
  return decodeFloats(await source.read(name), "float32");
}
