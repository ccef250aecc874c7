import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readNpz } from "../../src/formats/npy/read-npz.js";
import { bigganHere } from "../helpers/program.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

const MINI = "fixtures/pytorch/biggan-mini";
const TINY = "fixtures/pytorch/tiny-huggingface";
const TRAINING = "fixtures/pytorch/tiny-biggan-pytorch/training.pth";

describe("a checkpoint that others wrote is a model", () => {
  it("to inspect: what was assumed is said, checksums are verified, and what else it holds is listed", async () => {
    const { code, stdout } = await bigganHere(["inspect", TRAINING, "--verify", "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      kind: "pytorch-zip",
      family: "biggan",
      resolution: 16,
      zDim: 9,
      otherEntries: { itr: "12" },
      warnings: [
        expect.stringMatching("training.pth: G_ema is taken, 88 other tensors are not; also models: G"),
        expect.stringMatching("assumed epsilon of the batch norms: 0.00001, BigGAN-PyTorch's own"),
        expect.stringMatching("assumed statistics: one set, for every truncation"),
      ],
    });
    expect(stdout).toContain('"checksum": "verified"');
  });

  it("to check: moves and norms stand in the table", async () => {
    const { code, stdout } = await bigganHere(["check", `${MINI}/G_ema.pth`]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^stem.b +\[3072\] +linear.bias +regroup\(axis 0, 16 inner\)$/m);
    expect(stdout).toContain("biggan-pytorch fits: 56 parameters filled, 83 source tensors accounted for.");
  });

  it("to run, from a folder as Hugging Face has them", async () => {
    const output = join(await temporaryFolder(), "out.npz");
    const inputs = ["--inputs", `${TINY}/reference.npz`, "--output", output, "--backend", "reference"];
    expect((await bigganHere(["run", `${TINY}/pytorch_model.bin`, ...inputs])).code).toBe(0);
    const [ours, theirs] = [await readNpz(output), await readNpz(`${TINY}/reference.npz`)];
    const image = ours.get("image")?.data;
    theirs.get("image")?.data.forEach((value, index) => {
      expect(Math.abs(value - (image?.[index] ?? Number.NaN))).toBeLessThan(1e-6);
    });
  });

  it("to convert, and its export is a model of the same pictures", async () => {
    const folder = join(await temporaryFolder(), "export");
    const converted = await bigganHere([
      "convert",
      `${TINY}/pytorch_model.bin`,
      "-o",
      folder,
      "--to",
      "tfjs,safetensors",
    ]);
    expect(converted.code).toBe(0);
    const against = ["--against", `${TINY}/reference.npz`, "--backend", "reference"];
    for (const model of [folder, `${folder}/tfjs`, `${folder}/weights.safetensors`]) {
      expect((await bigganHere(["parity", model, ...against])).code).toBe(0);
    }
  });

  it("to hold another against: a .pth file is a model and no REF.npz, although both are zip archives", async () => {
    const same = ["--against", `${TINY}/pytorch_model.bin`, "--backend", "reference", "--cases", "1"];
    const { code, stdout } = await bigganHere(["parity", `${TINY}/folded.bin`, ...same]);
    expect(stdout).toContain("pytorch_model.bin");
    expect([0, 5]).toContain(code);
  });
});

describe("what a file cannot give is said", () => {
  it("a graph of its own", async () => {
    const { code, stderr } = await bigganHere(["parity", `${MINI}/G_ema.pth`, "--against", "module"]);
    expect(code).toBe(2);
    expect(stderr).toContain("--against module: this model has no saved_model.pb to compare with");
  });

  it("raw weights beside its own", async () => {
    const { code, stderr } = await bigganHere(["check", `${MINI}/G_ema.pth`, "--raw-weights"]);
    expect(code).toBe(2);
    expect(stderr).toContain("G_ema.pth: --raw-weights: this file holds one set of weights");
  });

  it("weights of anything else", async () => {
    const { code, stderr } = await bigganHere(["check", `${MINI}/reference.npz`]);
    expect(code).toBe(4);
    expect(stderr).toContain("reference.npz: mapping infer: expected the names of a BigGAN");
  });
});
