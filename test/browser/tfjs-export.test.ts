import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Tensor } from "../../src/core/tensor.js";
import { exportTfjs } from "../../src/export/tfjs.js";
import { readNpz } from "../../src/formats/npy/read-npz.js";
import { openModel } from "../../src/mapping/open-model.js";
import { openReference } from "../../src/runtime/reference/open-reference.js";
import { type GeneratorInputs, layerOf } from "../../src/runtime/runtime.js";
import { launchChromium } from "../helpers/chromium.js";
import {
  largestDifference,
  randomInputs,
  randomParameters,
  smallBigGan,
  smallBigGanDeep,
} from "../helpers/small-generators.js";
import { serveFolders } from "../helpers/static-server.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

/** The folder of a package's browser bundles. */
const bundles = (name: string): string => dirname(createRequire(import.meta.url).resolve(`@tensorflow/${name}`));

/** A page as a user writes it: tfjs from script tags, an exported folder, the plain `tf.loadGraphModel`. */
const PAGE = `<!doctype html><meta charset="utf-8"><title>tfjs export</title><link rel="icon" href="data:,">
<script src="/tfjs-core/tf-core.min.js"></script>
<script src="/tfjs-converter/tf-converter.min.js"></script>
<script src="/tfjs-backend-cpu/tf-backend-cpu.min.js"></script>
<script src="/tfjs-backend-wasm/tf-backend-wasm.min.js"></script>
<script>
  window.generate = async ({ backend, z, y, truncation }) => {
    tf.wasm.setWasmPaths("/tfjs-backend-wasm/");
    await tf.setBackend(backend);
    const model = await tf.loadGraphModel("/model/model.json");
    const image = model.predict({ z: tf.tensor2d(z), y: tf.tensor2d(y), truncation: tf.scalar(truncation) });
    return { backend: tf.getBackend(), shape: image.shape, data: Array.from(await image.data()) };
  };
</script>`;

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

/** One image from an exported folder; fails when the page runs on another back-end or has anything to complain about. */
async function imageInPage(folder: string, backend: "cpu" | "wasm", inputs: GeneratorInputs): Promise<Tensor> {
  const packages = ["tfjs-core", "tfjs-converter", "tfjs-backend-cpu", "tfjs-backend-wasm"];
  const served = Object.fromEntries(packages.map((name) => [`/${name}/`, bundles(name)]));
  await using server = await serveFolders(PAGE, { "/model/": folder, ...served });
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => complaints.push(message.text()));
  await page.goto(server.origin);
  const feeds = { backend, z: [[...inputs.z.data]], y: [[...inputs.y.data]], truncation: inputs.truncation };
  const found: { backend: string; shape: number[]; data: number[] } = await page.evaluate(
    `window.generate(${JSON.stringify(feeds)})`,
  );
  await page.close();
  expect(complaints).toEqual([]);
  expect(found.backend).toBe(backend);
  return { shape: found.shape, data: Float64Array.from(found.data) };
}

test.each([
  ["biggan", "cpu", smallBigGan],
  ["biggan", "wasm", smallBigGan],
  ["biggan-deep", "cpu", smallBigGanDeep],
  ["biggan-deep", "wasm", smallBigGanDeep],
] as const)("%s in Chromium on %s gives the reference's image", async (_, backend, make) => {
  const graph = make();
  const inputs = randomInputs(graph, 1, 0.6);
  const folder = await temporaryFolder();
  await exportTfjs(graph, randomParameters(graph), folder);
  await using reference = await openReference(graph, randomParameters(graph));
  const expected = layerOf(await reference.run(inputs), "image");
  const found = await imageInPage(folder, backend, inputs);
  expect(found.shape).toEqual(expected.shape);
  expect(largestDifference(found, expected)).toBeLessThan(2e-5);
});

test.each(["biggan-mini", "biggan-deep-mini"])(
  "the real %s in Chromium on wasm gives TensorFlow's image",
  async (name) => {
    const fixture = (file: string) => fileURLToPath(new URL(`../../fixtures/${file}`, import.meta.url));
    const entries = await readNpz(fixture(`${name}.reference-taps.npz`));
    const [z, y, image] = [entries.get("z"), entries.get("y"), entries.get("image")];
    const at = entries.get("truncation")?.data[0];
    if (!z || !y || !image || at === undefined) throw new Error(`${name}: incomplete reference`);
    const folder = await temporaryFolder();
    await using model = await openModel(fixture(`${name}.tar.gz`));
    await exportTfjs(model.graph, model.parameters(), folder);
    const found = await imageInPage(folder, "wasm", { z, y, truncation: at });
    expect(found.shape).toEqual(image.shape);
    expect(largestDifference(found, image)).toBeLessThan(2e-4);
  },
);
