import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { diffModels } from "../../src/compare/diff-models.js";
import { InterruptedError, MappingError } from "../../src/core/errors.js";
import { writeBundle } from "../../src/export/bundle.js";
import { describeModel } from "../../src/export/describe-model.js";
import { exportOnnx } from "../../src/export/onnx.js";
import { type FormatChoices, prepareFormats } from "../../src/export/prepare-formats.js";
import { exportTfjs } from "../../src/export/tfjs.js";
import { encodeDescription } from "../../src/formats/description/description.js";
import { writeFolder } from "../../src/io/atomic-output.js";
import { createWorkspace, type Workspace } from "../../src/io/workspace.js";
import { type Model, openModel } from "../../src/mapping/open-model.js";
import { modelGraph } from "../../src/models/model-config.js";
import { uniformPlan } from "../../src/storage/plan.js";
import { fixture } from "../helpers/fixtures.js";
import { golden } from "../helpers/golden.js";
import { bigganHere } from "../helpers/program.js";

/** 3 classes, z of 9 numbers: the smallest module there is. */
const MODULE = golden("modules/biggan-if.tar.gz");
const MINI = fixture("biggan-mini.tar.gz");

let workspace: Workspace;
const at = (...path: string[]) => join(workspace.path, ...path);

beforeAll(async () => {
  workspace = await createWorkspace();
  await using model = await openModel(MODULE);
  await bundle(model, "all", { formats: ["tfjs", "onnx", "safetensors"] });
  await bundle(model, "baked", { formats: ["tfjs", "safetensors"], truncation: 0.43 });
  for (const [format, precision] of [
    ["tfjs", "float16"],
    ["onnx", "int8"],
  ] as const) {
    const [prepared] = prepareFormats(model, { formats: [format] });
    if (prepared === undefined) throw new Error("nothing prepared");
    const { graph, parameters, passes } = prepared;
    const description = { ...describeModel(model), passes: passes.map(({ name }) => name) };
    const options = { metadata: encodeDescription(description), plan: uniformPlan(graph, precision) };
    await (format === "tfjs" ? exportTfjs : exportOnnx)(graph, parameters, at(precision), options);
  }
});

async function bundle(model: Model, name: string, choices: FormatChoices): Promise<void> {
  const formats = prepareFormats(model, choices);
  await writeFolder(at(name), {}, (folder) =>
    writeBundle(folder, model, { formats, truncation: choices.truncation, goldens: false }),
  );
}

afterAll(() => workspace[Symbol.asyncDispose]());

async function diff(a: string, b: string, ...options: string[]) {
  const { code, stdout, stderr } = await bigganHere(["diff", a, b, "--quiet", ...options]);
  return { code, stdout, stderr, last: stdout.trim().split("\n").at(-1) ?? "" };
}

it.each([["all"], ["all/tfjs"], ["all/onnx"], ["all/weights.safetensors"], ["baked"], ["baked/tfjs"]])(
  "finds a module identical with its export %s, rewritten or not",
  async (name) => {
    for (const [a, b] of [[MODULE, at(name)] as const, [at(name), MODULE] as const]) {
      const { code, last } = await diff(a, b);
      expect(last).toMatch(/^identical: all \d+ parameters have the same numbers$/);
      expect(code).toBe(0);
    }
  },
);

it("makes the rewrites of one on the other, and says so", async () => {
  const { stdout } = await diff(MODULE, at("baked", "tfjs"));
  expect(stdout).toMatch(/^compared after the rewrites .*bake-truncation, .*upsample-as-taps/m);
  expect(stdout).toMatch(/^compared at truncation 0\.43, which is baked in$/m);
});

it("compares two exports whose rewrites leave the parameters alike", async () => {
  const { code, last } = await diff(at("all", "tfjs"), at("all", "onnx"));
  expect(last).toMatch(/^identical:/);
  expect(code).toBe(0);
});

it("refuses exports that were rewritten differently", async () => {
  const { code, stderr } = await diff(at("baked", "tfjs"), at("all", "tfjs"));
  expect(stderr).toContain("expected exports with the same rewrites, found, besides the same, bake-truncation");
  expect(stderr).toContain("Compare each with the checkpoint, or export both with --passes none.");
  expect(code).toBe(4);
});

it.each([
  ["float16", /^the same weights: \d+ of \d+ parameters equal; \d+ equal once stored as float16$/],
  [
    "int8",
    /^the same weights: \d+ of \d+ parameters equal; (\d+ equal once stored as float16; )?\d+ equal once stored as int8$/,
  ],
])("explains an export in %s", async (name, wanted) => {
  const { code, last } = await diff(MODULE, at(name));
  expect(last).toMatch(wanted);
  expect(code).toBe(0);
});

it("explains what rounding before a rewrite leaves", async () => {
  await using whole = await openModel(at("baked"));
  await using rewritten = await openModel(at("baked", "tfjs"));
  const { verdict, parameters } = await diffModels(whole, rewritten);
  expect(verdict).toBe("same weights");
  expect(new Set(parameters.map(({ outcome }) => outcome))).toEqual(new Set(["rounding", "equal"]));
});

it("finds the same weights in a TF Hub module and a state dict, statistics apart", async () => {
  const { code, stdout, last, stderr } = await diff(MINI, fixture("pytorch/biggan-mini/G_ema.pth"));
  expect(stdout).toMatch(/^statistics compared at truncation 1, of 50 in A and 1 in B$/m);
  expect(last).toBe(
    "different: 15 of 56 parameters equal; 27 equal before the spectral norm, which divides them by other numbers; 14 different, all of them statistics",
  );
  expect(stderr).toContain(last);
  expect(code).toBe(5);
});

it("finds raw weights to be others than their moving averages, the worst first", async () => {
  const { code, stdout } = await diff(MINI, MINI, "--raw-weights", "B", "--json");
  const schema = z.object({
    verdict: z.string(),
    counts: z.record(z.string(), z.number()),
    truncations: z.array(z.number()),
    parameters: z.array(
      z.object({
        name: z.string(),
        outcome: z.string(),
        measures: z.object({ maxAbs: z.number(), scaleA: z.number(), scaleB: z.number(), cosine: z.number() }),
      }),
    ),
  });
  const found = schema.parse(JSON.parse(stdout));
  expect(found).toMatchObject({ verdict: "different", counts: { equal: 14, different: 42 } });
  expect(found.truncations).toHaveLength(50);
  const ranks = found.parameters.map(({ measures: { maxAbs, scaleA, scaleB } }) => maxAbs / Math.max(scaleA, scaleB));
  expect(ranks).toEqual([...ranks].sort((a, b) => b - a));
  expect(code).toBe(5);
});

it("lists all parameters when asked to, else the worst twenty", async () => {
  const lines = async (...options: string[]) =>
    (await diff(MINI, MINI, "--raw-weights", "A", ...options)).stdout.match(/^.+ {2}(equal|different) {2}/gm)?.length;
  expect(await lines()).toBe(20);
  expect(await lines("--all")).toBe(56);
});

it("compares models of one family by name where their configurations differ", async () => {
  const { code, stdout, stderr } = await diff(MINI, MODULE);
  expect(stdout).toMatch(/^classes: 10 in A, 3 in B$/m);
  expect(stdout).toMatch(/^embed\.w +\[10, 24\] and \[3, \d+\] +shape$/m);
  expect(stderr).toContain("mapping diff: expected models of one configuration, found ");
  expect(code).toBe(4);
});

it("refuses two families", async () => {
  const { code, stderr } = await diff(MINI, fixture("biggan-deep-mini.tar.gz"));
  expect(stderr).toContain("expected two models of one family, found biggan and biggan-deep");
  expect(code).toBe(4);
});

it("refuses statistics without a common truncation, also in a rewritten export", async () => {
  await using one = await openModel(fixture("pytorch/biggan-mini/G_ema.pth"));
  await using all = await openModel(MINI);
  if (!("truncationGrid" in one.config)) throw new Error("no generator");
  const elsewhere = { ...one, config: { ...one.config, truncationGrid: [0.013] } };
  await expect(diffModels(all, elsewhere)).rejects.toThrow("expected statistics of a common truncation, found none");
  await expect(diffModels(all, elsewhere)).rejects.toBeInstanceOf(MappingError);
});

it("refuses a baked truncation that the other has no statistics of", async () => {
  await using baked = await openModel(at("baked"));
  await using all = await openModel(MODULE);
  if (!("truncationGrid" in all.config)) throw new Error("no generator");
  const one = {
    ...all,
    graph: modelGraph({ ...all.config, truncationGrid: [1] }),
    config: { ...all.config, truncationGrid: [1] },
  };
  await expect(diffModels(one, baked)).rejects.toThrow(
    /expected statistics of truncation 0\.43, .* found those of 1 alone/,
  );
});

it("finds two discriminators alike", async () => {
  const model = fixture("pytorch/biggan-mini/D.pth");
  const { code, last } = await diff(model, model);
  expect(last).toBe("identical: all 30 parameters have the same numbers");
  expect(code).toBe(0);
});

it("stops when it is told to", async () => {
  await using a = await openModel(MINI);
  await using b = await openModel(MINI);
  const controller = new AbortController();
  const work = diffModels(a, b, { signal: controller.signal, onProgress: () => controller.abort() });
  await expect(work).rejects.toBeInstanceOf(InterruptedError);
});
