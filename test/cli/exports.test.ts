import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { writeBundle } from "../../src/export/bundle.js";
import { prepareFormats } from "../../src/export/prepare-formats.js";
import { readNpz } from "../../src/formats/npy/read-npz.js";
import { createWorkspace, type Workspace } from "../../src/io/workspace.js";
import { openModel } from "../../src/mapping/open-model.js";
import { reportSchema } from "../../src/parity/report/report-schema.js";
import { brokenFixtures, EXPECTED } from "../helpers/broken.js";
import { fixture } from "../helpers/fixtures.js";
import { golden } from "../helpers/golden.js";
import { bigganHere } from "../helpers/program.js";

/** 3 classes, z of 9 numbers: the smallest module there is. */
const MODULE = golden("modules/biggan-if.tar.gz");
const REFERENCE = golden("modules/biggan-if.reference.npz");

let workspace: Workspace;
const at = (...path: string[]) => join(workspace.path, ...path);

beforeAll(async () => {
  workspace = await createWorkspace();
  await using model = await openModel(MODULE);
  for (const [name, formats] of [
    ["tfjs-export", ["tfjs"]],
    ["both-export", ["safetensors", "tfjs"]],
  ] as const) {
    await mkdir(at(name));
    await writeBundle(at(name), model, {
      formats: prepareFormats(model, { formats, passes: "none" }),
      labels: ["cat", "dog", "fish"],
    });
  }
});

afterAll(() => workspace[Symbol.asyncDispose]());

async function succeed(args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await bigganHere(args);
  expect(stderr).toBe("");
  expect(code).toBe(0);
  return stdout;
}

describe.each([
  ["a folder with tfjs", ["tfjs-export"], "export-folder", "verified"],
  ["a folder with safetensors", ["both-export"], "export-folder", "verified"],
  ["a safetensors file", ["both-export", "weights.safetensors"], "safetensors", "none"],
  ["a tfjs folder alone", ["both-export", "tfjs"], "tfjs-folder", "none"],
] as const)("%s", (_, path, kind, checksum) => {
  const model = () => at(...path);

  it("is inspected, verified and checked", async () => {
    const inspected = z.object({
      kind: z.string(),
      family: z.string(),
      parameters: z.number(),
      tensors: z.array(z.object({ name: z.string(), checksum: z.string() })),
    });
    const found = inspected.parse(JSON.parse(await succeed(["inspect", model(), "--verify", "--json"])));
    const original = inspected.parse(JSON.parse(await succeed(["inspect", MODULE, "--json"])));
    expect(found.kind).toBe(kind);
    expect([found.family, found.parameters]).toEqual([original.family, original.parameters]);
    expect(new Set(found.tensors.map((tensor) => tensor.checksum))).toEqual(new Set([checksum]));
    expect(await succeed(["inspect", model()])).toContain("checksums not read");

    const checked = await succeed(["check", model()]);
    expect(checked).toMatch(/biggan-port fits: \d+ parameters filled, \d+ source tensors accounted for/);
    expect(JSON.parse(await succeed(["check", model(), "--json"]))).toMatchObject({ ok: true, issues: [] });
  });

  it("runs, samples and interpolates as the module does", async () => {
    for (const [from, name] of [
      [MODULE, "module.npz"],
      [model(), "export.npz"],
    ] as const) {
      await succeed(["run", from, "--inputs", REFERENCE, "--output", at(name), "--backend", "reference"]);
    }
    const wanted = (await readNpz(at("module.npz"))).get("image")?.data ?? [];
    const found = (await readNpz(at("export.npz"))).get("image")?.data ?? [];
    const worst = Math.max(...Array.from(wanted, (value, index) => Math.abs(value - (found[index] ?? Number.NaN))));
    expect(worst).toBeLessThan(1e-5);

    const drawn = ["--count", "1", "--backend", "tfjs-cpu"];
    await succeed(["sample", MODULE, "-o", at("module.png"), ...drawn]);
    await succeed(["sample", model(), "-o", at("export.png"), ...drawn]);
    expect(await readFile(at("export.png"))).toEqual(await readFile(at("module.png")));
    const ends = ["--from", "0@1", "--to", "2@3", "--steps", "3", "--backend", "tfjs-cpu"];
    expect(await succeed(["interpolate", model(), "-o", at("strip.png"), ...ends])).toContain(
      "3 pictures from 0@1 to 2@3",
    );
  });

  it("is compared with float64, and with pictures, but not with a graph it does not have", async () => {
    const usual = await succeed(["parity", model(), "--backend", "tfjs-cpu", "--cases", "1", "--json"]);
    const { comparisons, questions } = reportSchema.parse(JSON.parse(usual));
    expect(comparisons.map(({ reference }) => reference)).toEqual(["our graph in float64"]);
    expect(questions.runtime.answer).toBe("yes");
    await succeed(["parity", model(), "--against", REFERENCE, "--backend", "reference"]);

    const refused = await bigganHere(["parity", model(), "--against", "module"]);
    expect(refused.stderr).toMatch(/--against module: .*has no saved_model\.pb to compare with/);
    expect(refused.code).toBe(2);
    expect((await bigganHere(["check", model(), "--raw-weights"])).code).toBe(2);
  });

  it("converts to the same bytes", async () => {
    const again = at(`again-${path.join("-")}`);
    await succeed(["convert", model(), "-o", again, "--passes", "none", "--no-page"]);
    const names = (await readdir(again, { recursive: true })).filter((name) => /\.(json|bin|npz)$/.test(name));
    expect(names).toContain("tfjs/model.json");
    for (const name of names) {
      // Class names are the folder's, not the weights'.
      if (name === "manifest.json" && checksum === "none") continue;
      const bytes = await readFile(join(again, name));
      expect(bytes.equals(await readFile(at("tfjs-export", name))), name).toBe(true);
    }
  });
});

it("port takes an export, with its class names", async () => {
  const plain = ["--backend", "tfjs-cpu", "--cases", "1", "--passes", "none"];
  await succeed(["port", at("both-export"), "-o", at("ported"), ...plain]);
  expect(await readFile(at("ported", "tfjs", "model.json"))).toEqual(
    await readFile(at("tfjs-export", "tfjs", "model.json")),
  );
  expect(JSON.parse(await readFile(at("ported", "labels.json"), "utf8"))).toEqual(["cat", "dog", "fish"]);
});

it("parity holds an export against the checkpoint it was made from, and refuses a model of other inputs", async () => {
  const against = (other: string) => ["parity", at("both-export"), "--against", other, "--cases", "2", "--json"];
  const { comparisons, questions } = reportSchema.parse(JSON.parse(await succeed(against(MODULE))));
  expect(comparisons.map(({ reference, candidate }) => [reference, candidate])).toEqual([
    ["biggan-if.tar.gz in float64", "reference"],
    ["biggan-if.tar.gz in float64", "tfjs-wasm"],
  ]);
  expect([questions.port.answer, questions.runtime.answer]).toEqual(["yes", "yes"]);
  const other = await bigganHere(against(fixture("biggan-mini.tar.gz")));
  expect(other.code).toBe(2);
  expect(other.stdout).toMatch(/expected a model with z 9, 3 classes, .*found z 40, 10 classes, 32 x 32/);
});

it("inspect --verify finds one changed byte of an export, which opens all the same", async () => {
  await succeed(["convert", at("tfjs-export"), "-o", at("changed")]);
  const shards = (await readdir(at("changed", "tfjs"))).filter((name) => name.endsWith(".bin"));
  const shard = at("changed", "tfjs", shards[0] ?? "");
  const bytes = await readFile(shard);
  bytes[5] = (bytes[5] ?? 0) ^ 1;
  await writeFile(shard, bytes);
  await succeed(["check", at("changed")]);
  const { code, stderr } = await bigganHere(["inspect", at("changed"), "--verify"]);
  expect(stderr).toMatch(/^tfjs\/group1-shard1of\d\.bin: sha256: expected [0-9a-f]{64}, found [0-9a-f]{64}/);
  expect(code).toBe(3);
});

it.each(brokenFixtures("safetensors"))("check refuses broken/%s in words", async (name) => {
  const { code, stderr } = await bigganHere(["check", fixture(`broken/${name}`)]);
  expect(code).toBe(3);
  const expected = EXPECTED[name]?.message ?? "no message";
  // What is not even recognised as safetensors is told so.
  expect(stderr.includes(expected) || stderr.includes("expected a TF Hub module")).toBe(true);
});

it("a safetensors file of somebody else is refused in words", async () => {
  const { code, stderr } = await bigganHere(["inspect", golden("safetensors/plain.safetensors")]);
  expect(code).toBe(4);
  expect(stderr).toContain("plain.safetensors: mapping infer: expected the names of a BigGAN");
  expect(stderr).toContain("found none of them among 1 tensors (w …)");
});
