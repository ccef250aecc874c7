import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { z } from "zod";
import { InterruptedError } from "../../src/core/errors.js";
import { openModel } from "../../src/mapping/open-model.js";
import { modelSpectra } from "../../src/spectra/model-spectra.js";
import { fixture } from "../helpers/fixtures.js";
import { golden } from "../helpers/golden.js";
import { bigganHere } from "../helpers/program.js";

const schema = z.record(
  z.string(),
  z.object({
    singularValues: z.array(z.number()),
    orthogonality: z.number(),
    offDiagonal: z.number(),
    sigma: z.number().optional(),
    angle: z.number().optional(),
  }),
);

/** numpy's, by TF Hub's scopes (scripts/fixtures/singular_values.py). */
const WANTED = schema.parse(JSON.parse(readFileSync(golden("spectra/biggan-mini.json"), "utf8")));

it("finds in every weight of a module what numpy finds", async () => {
  await using model = await openModel(fixture("biggan-mini.tar.gz"));
  const spectra = await modelSpectra(model);
  expect(spectra).toHaveLength(Object.keys(WANTED).length);
  const sources = new Map(model.resolution.assignments.map(({ target, source }) => [target, source]));
  for (const { name, singularValues, orthogonality, offDiagonal, sigma, angle } of spectra) {
    const wanted = WANTED[(sources.get(name) ?? "").split("/w/ema_")[0] ?? ""];
    expect(wanted, name).toBeDefined();
    for (const [rank, value] of (wanted?.singularValues ?? []).entries()) {
      expect(Math.abs((singularValues[rank] ?? 0) / value - 1), `${name} σ${rank + 1}`).toBeLessThan(1e-10);
    }
    expect(orthogonality).toBeCloseTo(wanted?.orthogonality ?? -1, 9);
    expect(offDiagonal).toBeCloseTo(wanted?.offDiagonal ?? -1, 9);
    if (wanted?.sigma === undefined) expect(sigma).toBeUndefined();
    else expect(Math.abs((sigma ?? 0) / wanted.sigma - 1), name).toBeLessThan(1e-12);
    if (wanted?.angle === undefined) expect(angle).toBeUndefined();
    else expect(angle, name).toBeCloseTo(wanted.angle, 5);
  }
});

it("finds the same in the same weights as PyTorch keeps them", async () => {
  await using module = await openModel(fixture("biggan-mini.tar.gz"));
  await using state = await openModel(fixture("pytorch/biggan-mini/G_ema.pth"));
  const [ours, theirs] = [await modelSpectra(module), await modelSpectra(state)];
  expect(theirs.map(({ name }) => name)).toEqual(ours.map(({ name }) => name));
  for (const [index, { singularValues, angle = 0, sigma = 1 }] of ours.entries()) {
    expect(theirs[index]?.singularValues).toEqual(singularValues.map((value) => expect.closeTo(value, 12)));
    expect(theirs[index]?.angle ?? 0).toBeCloseTo(angle, 6);
    // Without an epsilon.
    expect(theirs[index]?.sigma ?? 1).toBeCloseTo(sigma, 3);
  }
});

it("stops when it is told to", async () => {
  await using model = await openModel(fixture("biggan-deep-mini.tar.gz"));
  const controller = new AbortController();
  const work = modelSpectra(model, { signal: controller.signal, onProgress: () => controller.abort() });
  await expect(work).rejects.toBeInstanceOf(InterruptedError);
});

it("is a table for people and data for scripts", async () => {
  const model = fixture("pytorch/biggan-mini/D.pth");
  const { code, stdout } = await bigganHere(["inspect", model, "--spectra"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^weight +matrix +σ1 +σ2 +σ3 +sigma +sigma\/σ1 +u0 off by +orthogonality +off-diagonal$/m);
  expect(stdout).toMatch(/^block0\.conv1\.w +216 x 24 /m);
  const { stdout: text } = await bigganHere(["inspect", model, "--spectra", "--json"]);
  const { spectra } = z
    .object({ spectra: z.array(z.object({ name: z.string(), sigma: z.number() })) })
    .parse(JSON.parse(text));
  expect(spectra.map(({ name }) => name)).toContain("block0.conv1.w");
});
