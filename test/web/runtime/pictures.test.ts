import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { packageFolder } from "../../../src/runtime/packages.js";
import type { LoadOptions, PictureRequest } from "../../../src/web/types.js";
import { fixture } from "../../helpers/fixtures.js";
import { exportMini, type MiniModel, moveOnnxWeights, nodePictures, openMini } from "../../helpers/web-export.js";
import { openSite, type Site } from "../../helpers/web-page.js";

let folder: string;
/** The same with the ONNX model's weights beside it. */
let external: string;
let mini: MiniModel;
let site: Site;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "biggan-port-web-"));
  mini = await openMini();
  await exportMini(folder, mini);
  external = await mkdtemp(join(tmpdir(), "biggan-port-web-"));
  await cp(folder, external, { recursive: true });
  await moveOnnxWeights(external, mini);
  site = await openSite({
    "model/": folder,
    "external/": external,
    "fixtures/": dirname(fixture("biggan-mini.tar.gz")),
    "ort/": packageFolder("onnxruntime-web") ?? "",
  });
}, 180_000);

afterAll(async () => {
  await site?.[Symbol.asyncDispose]();
  await mini?.model[Symbol.asyncDispose]();
  for (const made of [folder, external]) await rm(made, { recursive: true, force: true });
});

interface Drawn {
  readonly backend: string;
  readonly description: string;
  readonly cases: number;
  readonly within: boolean;
  readonly pictures: readonly number[][];
  readonly alpha: boolean;
}

function draw(page: Page, options: LoadOptions, request: PictureRequest, model = "model"): Promise<Drawn> {
  return page.evaluate(
    async ({ options, request, model }) => {
      const generator = await web.loadGenerator(`${model}/manifest.json`, options);
      const pictures = await generator.generate(request);
      const { backend, description, selfTest } = generator.backend;
      await generator.dispose();
      return {
        backend,
        description,
        cases: selfTest.cases,
        within: selfTest.worst <= selfTest.bound,
        pictures: pictures.map(({ data }) => [...data].filter((_, index) => index % 4 !== 3)),
        alpha: pictures.every(({ data }) => data.every((value, index) => index % 4 !== 3 || value === 255)),
      };
    },
    { options, request, model },
  );
}

/** The most levels that a pixel is apart, and how many pixels differ. */
function compare(found: readonly number[][], wanted: readonly Uint8ClampedArray[]) {
  let most = 0;
  let differing = 0;
  expect(found.map(({ length }) => length)).toEqual(wanted.map(({ length }) => length));
  wanted.forEach((picture, index) => {
    picture.forEach((value, at) => {
      const levels = Math.abs(value - (found[index]?.[at] ?? Number.NaN));
      most = Math.max(most, levels);
      if (levels > 0) differing++;
    });
  });
  return { most, differing };
}

describe("the same seed gives Node's picture", () => {
  test.each([
    [{ backends: ["wasm"] }, 6, /^tfjs 4\S+, WebAssembly, 1 thread$/],
    [{ backends: ["wasm"], worker: false }, 2, /^tfjs 4\S+, WebAssembly/],
    [{ backends: ["webgl"] }, 2, /^tfjs 4\S+, WebGL 2 on .+/],
    [{ backends: ["webgpu"] }, 1, /^tfjs 4\S+, WebGPU on .+/],
    [{ backends: ["wasm"], format: "onnx", onnxruntime: "/ort" }, 6, /^onnxruntime 1\S+, WebAssembly, 1 thread$/],
    [{ backends: ["webgpu"], format: "onnx", onnxruntime: "/ort/" }, 1, /^onnxruntime 1\S+, WebGPU on .+/],
  ] as const)(
    "with %j",
    async (options, count, description) => {
      const page = await site.visit();
      const request: PictureRequest = {
        classes: [
          { class: "fish", weight: 0.7 },
          { class: 3, weight: 0.3 },
        ],
        seed: 12345,
        truncation: 0.62,
        count,
      };
      const found = await draw(page, options, request);
      await page.context().close();
      expect(found).toMatchObject({ backend: options.backends[0], within: true, alpha: true });
      expect(found.cases).toBeGreaterThan(0);
      expect(found.description).toMatch(description);
      const { most, differing } = compare(found.pictures, await nodePictures(mini, request));
      expect(most).toBeLessThanOrEqual(1);
      // A value on the border between two levels falls to either side.
      expect(differing).toBeLessThanOrEqual(count * 5);
    },
    120_000,
  );

  test("with an ONNX model whose weights are in a file of their own", async () => {
    const page = await site.visit();
    const request = { class: 6, seed: 8, count: 2 };
    const found = await draw(page, { format: "onnx", onnxruntime: "/ort/" }, request, "external");
    expect(found).toMatchObject({ backend: "wasm", within: true });
    expect(site.server.requests).toContain("external/onnx/model.onnx.data");
    expect(compare(found.pictures, await nodePictures(mini, request)).most).toBeLessThanOrEqual(1);
    await page.context().close();
  });

  test("in a page that is isolated, on several threads", async () => {
    await using isolated = await openSite({ "model/": folder }, { isolated: true });
    const page = await isolated.visit();
    const request = { class: 2, seed: 4 };
    const found = await draw(page, { backends: ["wasm"] }, request);
    expect(found.description).toMatch(/, WebAssembly, [1-9]\d* threads?$/);
    expect(isolated.server.requests.some((path) => /threaded-simd.*\.wasm$/.test(path))).toBe(true);
    expect(compare(found.pictures, await nodePictures(mini, request)).most).toBeLessThanOrEqual(1);
  });

  test("from a module that was dropped on the page, whose weights have the hash of the export's", async () => {
    const page = await site.visit();
    const request = { class: "house", seed: 9, truncation: 0.8 };
    const found = await page.evaluate(async (asked) => {
      const blob = await (await fetch("fixtures/biggan-mini.tar.gz")).blob();
      const steps = new Set<string>();
      const generator = await web.portModel([new File([blob], "biggan-mini.tar.gz")], {
        onProgress: (progress) => steps.add(progress.stage === "port" ? progress.step : progress.stage),
      });
      const pictures = await generator.generate({ ...asked, class: 8 });
      const { model, backend } = generator;
      await generator.dispose();
      const exported = await web.loadGenerator("model/manifest.json", { selfTest: false });
      const { hash } = exported.model;
      await exported.dispose();
      const broken = new File([blob.slice(0, 5000)], "broken.tar.gz");
      const error = await web.portModel([broken]).catch((reason: unknown) => reason);
      const words = error instanceof web.WebError ? [error.code, error.message] : [];
      const data = pictures.map((picture) => [...picture.data].filter((_, index) => index % 4 !== 3));
      return { data, model, backend, hash, steps: [...steps], words };
    }, request);
    await page.context().close();
    expect(compare(found.data, await nodePictures(mini, request)).most).toBeLessThanOrEqual(1);
    expect(found.model).toMatchObject({ format: "tfjs", hash: found.hash, resolution: 32 });
    expect(found.backend.selfTest).toMatchObject({ passed: true });
    expect(found.backend.selfTest.cases).toBeGreaterThan(0);
    expect(found.steps.slice(-3)).toEqual(["Computing test pictures", "compile", "self-test"]);
    expect(found.words).toEqual(["format", expect.stringContaining("broken.tar.gz")]);
  });

  test("in an interpolation, one after the other as they come, with other requests in the queue", async () => {
    const page = await site.visit();
    const request = { from: { class: "star", seed: 1 }, to: { class: "ring", seed: 2 }, steps: 5, truncation: 1 };
    const found = await page.evaluate(async (asked) => {
      const generator = await web.loadGenerator("model/manifest.json", { backends: ["wasm"] });
      const order: string[] = [];
      const strip = generator.interpolate(asked, {
        onPicture: (_, index, milliseconds) => order.push(`strip ${index} ${milliseconds > 0}`),
      });
      const one = generator.generate({ class: 4 }, { onPicture: (_, index) => order.push(`one ${index}`) });
      const refused = await generator.generate({ class: "no such thing" }).catch((error: unknown) => error);
      const words = refused instanceof web.WebError ? [refused.code, refused.message, refused.hint] : [];
      await one;
      const pictures = (await strip).map(({ data }) => [...data].filter((_, index) => index % 4 !== 3));
      const { model } = generator;
      await generator.dispose();
      const after = await generator.generate({}).catch((error: unknown) => String(error));
      return { order, pictures, words, after, model };
    }, request);
    await page.context().close();
    expect(compare(found.pictures, await nodePictures(mini, request)).most).toBeLessThanOrEqual(1);
    expect(found.order).toEqual([0, 1, 2, 3, 4].map((index) => `strip ${index} true`).concat("one 0"));
    expect(found.words.slice(0, 2)).toEqual(["usage", 'class "no such thing": no class has this name']);
    expect(found.after).toBe("WebError: the generator has been disposed of");
    expect(found.model).toMatchObject({ name: "biggan-mini", resolution: 32, classes: 10, format: "tfjs" });
    expect(found.model.labels).toContain("fish");
    expect(found.model.hash).toMatch(/^[0-9a-f]{64}$/);
  });
});
