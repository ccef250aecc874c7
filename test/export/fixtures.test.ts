import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import { loadGraphModel } from "@tensorflow/tfjs-converter";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { type Tensor, toFloat32 } from "../../src/core/tensor.js";
import { exportTfjs } from "../../src/export/tfjs.js";
import { readNpz } from "../../src/formats/npy/read-npz.js";
import { openModel } from "../../src/mapping/open-model.js";
import { evaluate } from "../../src/runtime/evaluate.js";
import { layerOf } from "../../src/runtime/runtime.js";
import { openTfjs } from "../../src/runtime/tfjs/open-tfjs.js";
import { largestDifference } from "../helpers/small-generators.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";
import { fileHandler } from "../helpers/tfjs-files.js";

/** TensorFlow's own images from the real modules; both sides are float32, pictures in [-1, 1]. */
const BOUND = 2e-4;

const MODULES = ["biggan-mini", "biggan-deep-mini"] as const;
const ENGINES = { "tfjs-wasm": "wasm", "tfjs-cpu": "cpu" } as const;
const CASES = MODULES.flatMap((module) =>
  (["tfjs-wasm", "tfjs-cpu"] as const).map((backend) => [module, backend] as const),
);

const fixture = (name: string): string => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));

async function references(module: string) {
  const entries = await readNpz(fixture(`${module}.reference.npz`));
  const of = (name: string): Tensor => {
    const tensor = entries.get(name);
    if (tensor === undefined) throw new Error(`${module}: no ${name}`);
    return tensor;
  };
  return { z: of("z"), y: of("y"), truncation: [...of("truncation").data], image: of("image") };
}

beforeAll(() => tf.enableProdMode());

describe("a real module, against TensorFlow's images at every truncation of the reference", () => {
  test.each(CASES)("%s on %s", async (module, backend) => {
    const { image, ...inputs } = await references(module);
    await using model = await openModel(fixture(`${module}.tar.gz`));
    await using runtime = await openTfjs(model.graph, model.parameters(), { backend });
    const outputs = await evaluate(runtime, inputs);
    expect(layerOf(outputs, "image").shape).toEqual(image.shape);
    expect(largestDifference(layerOf(outputs, "image"), image)).toBeLessThan(BOUND);
  });

  test.each(CASES)("%s exported, in the plain tf.loadGraphModel on %s", async (module, backend) => {
    const { z, y, truncation, image } = await references(module);
    const folder = await temporaryFolder();
    await using source = await openModel(fixture(`${module}.tar.gz`));
    await exportTfjs(source.graph, source.parameters(), folder);

    await tf.setBackend(ENGINES[backend]);
    expect(tf.getBackend()).toBe(ENGINES[backend]);
    const model = await loadGraphModel(fileHandler(folder));
    await rm(folder, { recursive: true });
    const rows = truncation.map((value, row) =>
      tf.tidy(() => {
        const feed = ({ shape: [, width = 0], data }: Tensor) =>
          tf.tensor2d(toFloat32(data.slice(row * width, (row + 1) * width)), [1, width]);
        const result = model.predict({ z: feed(z), y: feed(y), truncation: tf.scalar(value) });
        if (!(result instanceof tf.Tensor)) throw new Error("expected one output");
        return [...result.dataSync()];
      }),
    );
    model.dispose();
    expect(largestDifference({ shape: image.shape, data: Float64Array.from(rows.flat()) }, image)).toBeLessThan(BOUND);
  });
});

describe("a real module, layer by layer against TensorFlow's", () => {
  test.each(CASES)("%s on %s", async (module, backend) => {
    const entries = await readNpz(fixture(`${module}.reference-taps.npz`));
    const taps = new Map(
      [...entries].flatMap(([key, value]) => (key.startsWith("tap/") ? [[key.slice(4), value]] : [])),
    );
    const [z, y, truncation] = [entries.get("z"), entries.get("y"), entries.get("truncation")?.data[0]];
    if (z === undefined || y === undefined || truncation === undefined) throw new Error("incomplete reference");
    await using model = await openModel(fixture(`${module}.tar.gz`));
    await using runtime = await openTfjs(model.graph, model.parameters(), { backend });
    const outputs = await runtime.run({ z, y, truncation }, { taps: [...taps.keys()] });
    for (const [name, expected] of taps) {
      let largest = 1;
      for (const value of expected.data) largest = Math.max(largest, Math.abs(value));
      expect(layerOf(outputs, name).shape).toEqual(expected.shape);
      expect(largestDifference(layerOf(outputs, name), expected), name).toBeLessThan(BOUND * largest);
    }
  });
});
