import { cp, mkdir, readdir, readFile, rename, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { toFloat32 } from "../../src/core/tensor.js";
import { writeBundle } from "../../src/export/bundle.js";
import { prepareFormats } from "../../src/export/prepare-formats.js";
import { exportSafetensors } from "../../src/export/safetensors.js";
import { verifyFolder } from "../../src/export/verify-folder.js";
import { openSafetensors } from "../../src/formats/safetensors/open-safetensors.js";
import { createWorkspace, type Workspace } from "../../src/io/workspace.js";
import { type Model, openModel } from "../../src/mapping/open-model.js";
import { uniformPlan } from "../../src/storage/plan.js";
import { answerOf } from "../helpers/broken.js";
import { fixture } from "../helpers/fixtures.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

const FORMATS = ["tfjs", "safetensors"] as const;

let workspace: Workspace;
/** An export of each kind, of biggan-mini. */
let both: string;
let tfjsOnly: string;

const bundle = async (model: Model, name: string, formats: readonly (typeof FORMATS)[number][]) => {
  const folder = join(workspace.path, name);
  await mkdir(folder);
  await writeBundle(folder, model, {
    formats: prepareFormats(model, { formats, passes: "none" }),
    labels: Array.from("abcdefghij"),
  });
  return folder;
};

beforeAll(async () => {
  workspace = await createWorkspace();
  await using model = await openModel(fixture("biggan-mini.tar.gz"));
  both = await bundle(model, "both", FORMATS);
  tfjsOnly = await bundle(model, "tfjs-only", ["tfjs"]);
});

afterAll(() => workspace[Symbol.asyncDispose]());

async function withModel<T>(path: string, work: (model: Model) => Promise<T> | T): Promise<T> {
  await using model = await openModel(path);
  return await work(model);
}

const kinds = () => [
  { path: both, kind: "export-folder", format: "safetensors" },
  { path: tfjsOnly, kind: "export-folder", format: "tfjs" },
  { path: join(both, "tfjs"), kind: "tfjs-folder", format: "tfjs" },
  { path: join(both, "weights.safetensors"), kind: "safetensors", format: "safetensors" },
];

describe("an export is a model", () => {
  test("of every kind: the same configuration, graph and float32 weights as the checkpoint", async () => {
    await using original = await openModel(fixture("biggan-mini.tar.gz"));
    const wanted = new Map<string, Float32Array>();
    for (const name of original.graph.parameters.keys()) {
      wanted.set(name, toFloat32(await original.parameters().read(name)));
    }
    for (const { path, kind, format } of kinds()) {
      await withModel(path, async (model) => {
        expect([model.kind, model.source.format]).toEqual([kind, format]);
        expect(model.config).toEqual(original.config);
        expect(model.graph).toEqual(original.graph);
        expect(model.module).toBeUndefined();
        expect(model.resolution.issues).toEqual([]);
        expect(model.resolution.uses.size).toBe(model.source.tensors.size);
        const mine = model.parameters();
        for (const [name, values] of wanted) {
          const found = await mine.read(name);
          const off = values.findIndex((value, index) => !Object.is(value, found[index]));
          expect([found.length, off], `${kind} ${name}`).toEqual([values.length, -1]);
        }
      });
    }
  });

  test("exported again is the same bytes, manifest and goldens included", async () => {
    for (const [index, { path }] of kinds().entries()) {
      const again = await withModel(path, (model) => bundle(model, `again${index}`, FORMATS));
      const names = (await readdir(both, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
      expect(names.length).toBeGreaterThan(4);
      for (const { parentPath, name } of names) {
        const inner = join(parentPath, name).slice(both.length);
        expect((await readFile(join(again, inner))).equals(await readFile(join(both, inner))), `${path} ${inner}`).toBe(
          true,
        );
      }
    }
  });

  test("by its names is what it is said to be", async () => {
    await using file = await openSafetensors(join(both, "weights.safetensors"));
    expect(file.tensors.get("block0.bn0.mean")).toMatchObject({ dtype: "float32", shape: [50, 192] });
    expect([...file.metadata.keys()].sort()).toEqual(
      ["format", "formatVersion", "model", "passes", "source", "tool", "warnings"].sort(),
    );
    expect((await verifyFolder(both)).source.file).toBe("biggan-mini.tar.gz");
  });

  test("in float16 opens too, within float16's rounding", async () => {
    await using original = await openModel(fixture("biggan-mini.tar.gz"));
    const folder = await temporaryFolder();
    await using file = await openSafetensors(join(both, "weights.safetensors"));
    await exportSafetensors(original.graph, original.parameters(), folder, {
      plan: uniformPlan(original.graph, "float16"),
      metadata: Object.fromEntries(file.metadata),
    });
    await withModel(join(folder, "weights.safetensors"), async (model) => {
      expect(model.source.tensors.get("rgb.w")?.dtype).toBe("float16");
      expect(model.source.tensors.get("rgb.b")?.dtype).toBe("float32");
      const wanted = await original.parameters().read("rgb.w");
      const found = await model.parameters().read("rgb.w");
      found.forEach((value, index) => {
        expect(Math.abs(value - (wanted[index] ?? 0))).toBeLessThanOrEqual(Math.abs(value) / 2048 + 2 ** -25);
      });
    });
    const refused = exportSafetensors(original.graph, original.parameters(), folder, {
      plan: uniformPlan(original.graph, "int8"),
    });
    await expect(refused).rejects.toThrow(/weights\.safetensors: \S+: int8 is not written to safetensors/);
  });
});

describe("an export that is not whole", () => {
  const copy = async (from = both) => {
    const folder = join(await temporaryFolder(), "export");
    await cp(from, folder, { recursive: true });
    return folder;
  };
  const answer = (path: string) => answerOf(() => withModel(path, () => undefined));

  test("is refused when a file has another size, or is missing", async () => {
    const folder = await copy(tfjsOnly);
    const first = (await readdir(join(folder, "tfjs"))).find((name) => name.endsWith(".bin")) ?? "";
    await truncate(join(folder, "tfjs", first), 100);
    expect((await answer(folder))?.message).toMatch(
      /^tfjs\/group1-shard\S+\.bin: size: expected \d+ bytes, found 100 bytes$/,
    );
    expect((await answer(join(folder, "tfjs")))?.message).toMatch(
      /^model\.json: weightsManifest: expected \d+ bytes in \d files, found \d+$/,
    );
    await rm(join(folder, "tfjs", first));
    expect((await answer(folder))?.message).toMatch(/size: expected \d+ bytes, found no file$/);
  });

  test("needs no report, goldens or labels", async () => {
    const folder = await copy();
    await rm(join(folder, "goldens.npz"));
    await rm(join(folder, "labels.json"));
    expect(await answer(folder)).toBeUndefined();
  });

  test("is refused without a description, with another's, and with one that cannot be", async () => {
    const folder = await copy();
    const json = join(folder, "tfjs", "model.json");
    const good = JSON.parse(await readFile(json, "utf8"));
    const { userDefinedMetadata: metadata, ...bare } = good;
    const with_ = (change: object) =>
      writeFile(json, JSON.stringify({ ...bare, userDefinedMetadata: { ...metadata, ...change } }));
    const messageWith = async (change: object) => {
      await with_(change);
      return (await answer(join(folder, "tfjs")))?.message;
    };
    expect(await messageWith({})).toBeUndefined();
    await writeFile(json, JSON.stringify(bare));
    expect((await answer(join(folder, "tfjs")))?.message).toBe(
      "model.json: metadata: expected a description that begins with format biggan-port, found none",
    );
    expect(await messageWith({ format: "pt" })).toMatch(/found format "pt"$/);
    expect(await messageWith({ formatVersion: "2" })).toMatch(/^model\.json: formatVersion: .*found 2$/);
    expect(await messageWith({ model: "{" })).toMatch(/^model\.json model: document: expected JSON in UTF-8/);
    expect(await messageWith({ passes: '["no-such-pass"]' })).toMatch(/no-such-pass/);

    const model = JSON.parse(metadata.model);
    const configWith = (change: object) =>
      messageWith({ model: JSON.stringify({ ...model, config: { ...model.config, ...change } }) });
    const [first, ...rows] = model.config.rows;
    expect(await configWith({ epsilon: -1 })).toMatch(/model\.config: epsilon: .*found -1$/);
    expect(await configWith({ family: "stylegan" })).toMatch(/model\.config: family: .*found "stylegan"$/);
    expect(await configWith({ rows: [{ ...first, out: 1e9 }, ...rows] })).toMatch(/rows\.0\.out: .*found 1000000000$/);
    expect(await configWith({ rows: [{ ...first, out: first.out + 1 }, ...rows] })).toMatch(/rows\.1.*expected/);
    expect(await configWith({ rows: rows.filter(({ block }: { block: string }) => block === "up") })).toMatch(
      /expected one attention, found 0$/,
    );
    expect(await configWith({ truncationGrid: [0.5, 0.25] })).toMatch(/truncationGrid\.1: expected a value above/);
    expect(await configWith({ classes: 11 })).toBeUndefined();
  });

  test("that does not fit its description says so as a checkpoint would", async () => {
    const folder = await copy();
    const json = join(folder, "tfjs", "model.json");
    const text = await readFile(json, "utf8");
    await writeFile(json, text.replaceAll('{"name":"rgb.w"', '{"name":"rgb.x"'));
    await withModel(join(folder, "tfjs"), (model) => {
      expect(model.resolution.issues.map(({ kind }) => kind).sort()).toEqual(["missing-source", "unused-source"]);
      expect(() => model.parameters()).toThrow(
        /rgb\.w: expected the tensor rgb\.w, found none of that name \(nearest: rgb\.b, rgb\.x\)/,
      );
    });
  });

  test("has one set of weights", async () => {
    await expect(openModel(both, { weights: "raw" })).rejects.toThrow(
      "--raw-weights: an export holds one set of weights",
    );
  });

  test("with the manifest of something else is refused", async () => {
    const folder = await copy();
    await writeFile(join(folder, "manifest.json"), '{"name":"a web app"}');
    expect((await answer(folder))?.message).toMatch(/^manifest\.json: format: /);
    await rename(join(folder, "tfjs", "model.json"), join(folder, "manifest.json"));
    expect((await answer(folder))?.message).toMatch(/^manifest\.json: format: .*found "graph-model"$/);
  });
});
