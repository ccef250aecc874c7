import { cp, mkdir, readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeBundle } from "../../../src/export/bundle.js";
import { prepareFormats } from "../../../src/export/prepare-formats.js";
import { unpackTarGz } from "../../../src/io/unpack-tar-gz.js";
import { openModel } from "../../../src/mapping/open-model.js";
import { goldenPictures } from "../../../src/web/port/golden-pictures.js";
import { fixture } from "../../helpers/fixtures.js";
import { kindsOf, tensorsOf, writeFiles } from "./kinds.js";
import { portedInNode } from "./node-port.js";
import { openPortingPage, type PortingPage } from "./port-in-browser.js";
import type { PageTask } from "./port-page.js";

let page: PortingPage;
beforeAll(async () => {
  page = await openPortingPage();
});
afterAll(async () => {
  await page[Symbol.asyncDispose]();
});

/** A fixture as it would be dropped: a file under its own name. */
const dropped = (...names: string[]) => names.map((name) => ({ url: `/fixtures/${name}`, path: basename(name) }));

/** A folder below the page's own, dropped whole. */
async function droppedFolder(folder: string): Promise<PageTask["files"]> {
  const entries = await readdir(join(page.folder, folder), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const paths = files.map((file) => file.slice(page.folder.length + 1));
  return paths.map((path) => ({ url: `/work/${path}`, path }));
}

async function expectSameAsInNode(files: PageTask["files"], path: string): Promise<void> {
  const ported = await page.ported({ files });
  const { weights, hash, bytes, warnings, ...same } = await portedInNode(path, join(page.folder, "node"));
  expect(ported).toMatchObject(same);
  expect(ported.facts).toMatchObject({ hash, bytes });
  expect(ported.weights.sha256).toBe(weights);
  expect(ported.facts.warnings.map((words) => words.replaceAll(/(?<=^|[ (])\S*\//g, ""))).toEqual(warnings);
  expect(await page.scratch()).toEqual([]);
}

describe("the same weights, the same graph and the same warnings as `convert --to tfjs` in Node", () => {
  it.each([
    ["biggan-mini.tar.gz"],
    ["biggan-deep-mini.tar.gz"],
    ["pytorch/tiny-biggan-pytorch/training.pth"],
    ["pytorch/tiny-biggan-deep-pytorch/G_ema.pth"],
    ["pytorch/biggan-mini/weights.h5"],
    ["pytorch/biggan-mini/G_ema.pth", "pytorch/biggan-mini/config.json"],
    ["pytorch/biggan-deep-mini/pytorch_model.bin", "pytorch/biggan-deep-mini/config.json"],
  ])("%s", async (name, ...beside) => {
    await expectSameAsInNode(dropped(name, ...beside), fixture(name));
  });

  it("the folder of an unpacked module", async () => {
    await mkdir(join(page.folder, "module"));
    await unpackTarGz(fixture("biggan-deep-mini.tar.gz"), join(page.folder, "module"));
    await expectSameAsInNode(await droppedFolder("module"), join(page.folder, "module"));
  });

  it("safetensors, npz, legacy PyTorch, shards and tfjs layers of the same tensors", async () => {
    const source = "pytorch/tiny-huggingface";
    const kinds = kindsOf(await tensorsOf(fixture(`${source}/pytorch_model.bin`)));
    const hashes = new Set<string>();
    for (const [kind, files] of Object.entries(kinds)) {
      await writeFiles(join(page.folder, kind), files);
      await cp(fixture(`${source}/config.json`), join(page.folder, kind, "config.json"));
      const [only, ...others] = files;
      const path = only !== undefined && others.length === 0 ? join(kind, only[0]) : kind;
      await expectSameAsInNode(await droppedFolder(kind), join(page.folder, path));
      hashes.add((await page.ported({ files: await droppedFolder(kind) })).facts.hash);
    }
    expect(hashes.size).toBe(1);
  });

  it("our own exports, in every format, as folders and as files", async () => {
    await using model = await openModel(fixture("biggan-mini.tar.gz"));
    const formats = prepareFormats(model, { formats: ["tfjs", "onnx", "safetensors"] });
    await mkdir(join(page.folder, "export"));
    await writeBundle(join(page.folder, "export"), model, { formats, goldens: false });
    await expectSameAsInNode(await droppedFolder("export"), join(page.folder, "export"));
    const droppedFormat = async (format: string) =>
      (await droppedFolder(`export/${format}`)).map(({ url, path }) => ({ url, path: path.slice("export/".length) }));
    for (const format of ["tfjs", "onnx"]) {
      await expectSameAsInNode(await droppedFormat(format), join(page.folder, "export", format));
    }
    const weights = [{ url: "/work/export/weights.safetensors", path: "weights.safetensors" }];
    await expectSameAsInNode(weights, join(page.folder, "export", "weights.safetensors"));
    // The tfjs export of a checkpoint holds the same weights.
    const [checkpoint, tfjs] = [dropped("biggan-mini.tar.gz"), await droppedFormat("tfjs")];
    const hashes = [await page.ported({ files: checkpoint }), await page.ported({ files: tfjs })].map(
      ({ facts }) => facts.hash,
    );
    expect(hashes[0]).toBe(hashes[1]);
  });
});

describe("what a page is told", () => {
  it("the class names that were dropped with a model, and progress to the last byte", async () => {
    const names = ["biggan-mini.tar.gz", "biggan-mini.labels.json"];
    const { facts, progress } = await page.ported({ files: dropped(...names) });
    expect(facts).toMatchObject({ name: "biggan-mini", family: "biggan", resolution: 32, classes: 10, zDim: 40 });
    expect(facts.labels).toHaveLength(10);
    for (const step of ["Unpacking", "Reading the weights"]) {
      const steps = progress.filter((each) => each.step === step);
      expect(steps.at(-1)?.bytes).toBe(steps.at(-1)?.total);
      expect(steps.every(({ bytes }, index) => bytes >= (steps[index - 1]?.bytes ?? 0))).toBe(true);
    }
    expect((await page.ported({ files: dropped("biggan-mini.tar.gz") })).facts.labels).toBeUndefined();
  });

  it("pictures to test a back-end with: those that Node computes", async () => {
    const { goldens } = await page.ported({ files: dropped("biggan-mini.tar.gz") });
    await using model = await openModel(fixture("biggan-mini.tar.gz"));
    const expected = await goldenPictures(model.graph, model.parameters(), { baked: undefined, signal: undefined });
    expect(goldens?.bound).toBe(expected.bound);
    expect(goldens?.truncation).toEqual(expected.truncation);
    expect([...(goldens?.image.data ?? [])]).toEqual([...expected.image.data]);
  });
});

describe("what unpacking leaves", () => {
  it("nothing when it is stopped half-way", async () => {
    for (const abortAt of [
      { step: "Unpacking", bytes: 1_000_000 },
      { step: "Reading the weights", bytes: 500_000 },
    ]) {
      const answer = await page.port({ files: dropped("biggan-mini.tar.gz"), abortAt });
      expect(answer).toMatchObject({ refused: { code: "interrupted", message: "interrupted" } });
      expect(await page.scratch()).toEqual([]);
    }
  });

  it("nothing from a page that was closed, but what another page has in use", async () => {
    await page.forsake("biggan-port-scratch-forsaken");
    await page.forsake("somebody-elses");
    await page.ported({ files: dropped("biggan-mini.tar.gz") });
    expect(await page.scratch()).toEqual(["somebody-elses", "somebody-elses/0"]);
  });

  it("nothing on a disk where there is none: memory does as well", async () => {
    const files = dropped("biggan-mini.tar.gz");
    const { facts } = await page.ported({ files });
    expect((await page.ported({ files, withoutDisk: true })).facts.hash).toBe(facts.hash);
  });
});
