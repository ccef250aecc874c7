import { readFile } from "node:fs/promises";
import { join } from "node:path";
import "@tensorflow/tfjs-backend-cpu";
import { loadGraphModel } from "@tensorflow/tfjs-converter";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { ExportError } from "../../src/core/errors.js";
import { type Tensor, toFloat32 } from "../../src/core/tensor.js";
import { exportTfjs } from "../../src/export/tfjs.js";
import type { Graph } from "../../src/graph/graph.js";
import { derivedParameters } from "../../src/passes/derived-parameters.js";
import { parsePasses } from "../../src/passes/parse-passes.js";
import { runPasses } from "../../src/passes/run-passes.js";
import { reducedParameters } from "../../src/precision/reduced-parameters.js";
import { openReference } from "../../src/runtime/reference/open-reference.js";
import { layerOf } from "../../src/runtime/runtime.js";
import { isReducible, type Precision, type PrecisionPlan, planBytes, uniformPlan } from "../../src/storage/plan.js";
import {
  largestDifference,
  randomInputs,
  randomParameters,
  smallBigGan,
  smallBigGanDeep,
} from "../helpers/small-generators.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";
import { fileHandler } from "../helpers/tfjs-files.js";

async function imageOf(folder: string, graph: Graph): Promise<Tensor> {
  tf.enableProdMode();
  await tf.setBackend("cpu");
  const { z, y } = randomInputs(graph, 2, 0.6);
  const model = await loadGraphModel(fileHandler(folder));
  const image = tf.tidy(() => {
    const feeds = {
      z: tf.tensor2d(toFloat32(z.data), [2, graph.zDim]),
      y: tf.tensor2d(toFloat32(y.data), [2, graph.classes]),
      truncation: tf.scalar(0.6),
    };
    const result = model.predict(feeds);
    if (!(result instanceof tf.Tensor)) throw new Error("expected one output");
    return { shape: result.shape, data: Float32Array.from(result.dataSync()) };
  });
  model.dispose();
  return image;
}

/** What the rewrites of upsampling need before them. */
const LEAST = "default,-upsample-as-taps";

/** Also where float16 would take fewer bytes: tables of five rows. */
function everywhere(graph: Graph, precision: Precision): PrecisionPlan {
  return new Map([...graph.parameters.values()].map((each) => [each.name, isReducible(each) ? precision : "float32"]));
}

describe("a reduced model in the plain tf.loadGraphModel", () => {
  test.each(["upsample-as-taps", "upsample-as-phases", "upsample-as-transposed-conv"])(
    "rewritten with %s, in int8",
    async (name) => {
      const { graph, derived } = runPasses(smallBigGanDeep(), parsePasses(`${LEAST},${name}`, "tfjs"));
      const source = derivedParameters(randomParameters(smallBigGanDeep()), derived);
      const plan = everywhere(graph, "int8");
      const folder = await temporaryFolder();
      await exportTfjs(graph, source, folder, { plan });
      await using reference = await openReference(graph, reducedParameters(source, graph, plan));
      const expected = layerOf(await reference.run(randomInputs(graph, 2, 0.6)), "image");
      expect(largestDifference(await imageOf(folder, graph), expected)).toBeLessThan(2e-5);
    },
  );

  test.each([
    ["biggan", "float16", smallBigGan],
    ["biggan", "int8", smallBigGan],
    ["biggan-deep", "float16", smallBigGanDeep],
    ["biggan-deep", "int8", smallBigGanDeep],
  ] as const)("%s in %s computes with the numbers that quality is measured on", async (_, precision, make) => {
    const graph = make();
    const plan = everywhere(graph, precision);
    const folder = await temporaryFolder();
    const files = await exportTfjs(graph, randomParameters(graph), folder, { plan });
    await using reference = await openReference(graph, reducedParameters(randomParameters(graph), graph, plan));
    const expected = layerOf(await reference.run(randomInputs(graph, 2, 0.6)), "image");
    expect(largestDifference(await imageOf(folder, graph), expected)).toBeLessThan(2e-5);

    const weights = files.filter(({ path }) => path.endsWith(".bin")).reduce((sum, { bytes }) => sum + bytes, 0);
    const constants = weights - planBytes(graph, plan);
    const plainly = await exportTfjs(graph, randomParameters(graph), await temporaryFolder());
    const float32 = plainly.filter(({ path }) => path.endsWith(".bin")).reduce((sum, { bytes }) => sum + bytes, 0);
    expect(float32 - planBytes(graph, uniformPlan(graph, "float32"))).toBe(constants);
  });

  test("the manifest says how each weight is packed, in the fields that tfjs knows", async () => {
    const graph = smallBigGan();
    const folder = await temporaryFolder();
    const plan = new Map<string, Precision>([
      ["stem.w", "float16"],
      ["rgb.w", "int8"],
    ]);
    await exportTfjs(graph, randomParameters(graph), folder, { plan });
    const { weightsManifest } = JSON.parse(await readFile(join(folder, "model.json"), "utf8"));
    const packed = weightsManifest[0].weights.filter((weight: object) => "quantization" in weight);
    expect(packed).toEqual([
      { name: "stem.w", shape: [4, 256], dtype: "float32", quantization: { dtype: "float16" } },
      {
        name: "rgb.w/codes",
        shape: [3, 3, 8, 3],
        dtype: "float32",
        quantization: { dtype: "uint8", scale: 2 ** -8, min: -0.5 },
      },
    ]);
  });

  test("a number beyond float16 is an ExportError, not an infinity", async () => {
    const graph = smallBigGan();
    const source = randomParameters(graph);
    const large = {
      read: async (name: string) =>
        name === "stem.w" ? (await source.read(name)).map(() => 70_000) : source.read(name),
    };
    const writing = exportTfjs(graph, large, await temporaryFolder(), { plan: uniformPlan(graph, "float16") });
    await expect(writing).rejects.toThrow("a value is 70000, beyond float16's largest, 65504");
    await expect(writing).rejects.toBeInstanceOf(ExportError);
  });
});
