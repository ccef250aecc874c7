import { readdirSync, readFileSync } from "node:fs";
import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { decodeFloats } from "../../../src/core/tensor.js";
import { openTfjsLayers } from "../../../src/formats/tfjs/open-tfjs-layers.js";
import { answerOf, brokenFiles } from "../../helpers/broken.js";
import { fixture } from "../../helpers/fixtures.js";
import { golden } from "../../helpers/golden.js";
import { mutated, mutations } from "../../helpers/mutations.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";
import { fileHandler } from "../../helpers/tfjs-files.js";

const weights = z.record(z.string(), z.object({ shape: z.array(z.number()), values: z.array(z.number()) }));
const EXPECTED = z
  .record(z.string(), weights)
  .parse(JSON.parse(readFileSync(golden("tfjs-layers/expected.json"), "utf8")));

/** tensorflowjs unpacks in float32, tfjs and we in float64: half a unit in the last place of either's result. */
const ROUNDING = 2 ** -22;

const open = (folder: string) => openTfjsLayers(join(folder, "model.json"));

beforeAll(async () => {
  await tf.setBackend("cpu");
});

describe("what tensorflowjs wrote", () => {
  test.each(Object.entries(EXPECTED))("%s has its names, shapes and values", async (name, expected) => {
    await using file = await open(golden(`tfjs-layers/${name}`));
    expect([...file.tensors.keys()]).toEqual(Object.keys(expected).sort());
    for (const [weight, { shape, values }] of Object.entries(expected)) {
      expect(file.tensors.get(weight)).toMatchObject({ shape, dtype: "float32", byteLength: 4 * values.length });
      const found = decodeFloats(await file.read(weight), "float32");
      const largest = Math.max(...values.map(Math.abs));
      const worst = Math.max(...values.map((value, index) => Math.abs(value - (found[index] ?? Number.NaN))));
      const isPacked = file.tensors.get(weight)?.origin.includes("(uint");
      expect(worst, weight).toBeLessThanOrEqual(isPacked ? largest * ROUNDING : 0);
    }
  });

  test.each(Object.keys(EXPECTED))("%s is to the bit what tfjs decodes", async (name) => {
    const folder = golden(`tfjs-layers/${name}`);
    const { weightSpecs = [], weightData } = (await fileHandler(folder).load?.()) ?? {};
    if (!(weightData instanceof ArrayBuffer)) throw new Error("expected one buffer");
    await using file = await open(folder);
    for (const [weight, tensor] of Object.entries(tf.io.decodeWeights(weightData, weightSpecs))) {
      const values = tensor.dataSync();
      const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
      expect(bytes.equals(await file.read(weight)), weight).toBe(true);
    }
  });

  test("is given in parts as in whole", async () => {
    await using file = await open(golden("tfjs-layers/mixed"));
    for (const [name, { byteLength }] of file.tensors) {
      const whole = await file.read(name);
      const into = new Uint8Array(byteLength);
      let done = 0;
      for await (const piece of file.pieces?.(name, { into }) ?? []) done += piece.length;
      expect([done, Buffer.from(into).equals(whole)], name).toEqual([byteLength, true]);
      const part = await file.slice?.(name, 4, byteLength - 3);
      expect(part && Buffer.from(part).equals(whole.subarray(4, byteLength - 3)), name).toBe(true);
    }
  });
});

describe("openTfjsLayers refuses", () => {
  test.each(brokenFiles("tfjs-layers"))("broken/tfjs-layers/%s", async (name, answer) => {
    const found = await answerOf(async () => {
      await using file = await open(fixture(`broken/tfjs-layers/${name}`));
      for (const weight of file.tensors.keys()) await file.read(weight);
    });
    expect(found).toEqual(answer);
  });

  test("or reads whatever was changed, and throws nothing but a PortError", async () => {
    const folder = join(await temporaryFolder(), "model");
    await cp(golden("tfjs-layers/mixed"), folder, { recursive: true });
    expect(readdirSync(folder)).toContain("group1-shard4of4.bin");
    const good = await readFile(join(folder, "model.json"));
    await fc.assert(
      fc.asyncProperty(mutations(good.length), async (changes) => {
        await writeFile(join(folder, "model.json"), mutated(good, changes));
        await answerOf(async () => {
          await using file = await open(folder);
          for (const weight of file.tensors.keys()) await file.read(weight);
        });
      }),
      { numRuns: 200 },
    );
  });
});
