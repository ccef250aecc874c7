import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { InferenceSession, Tensor as OrtTensor } from "onnxruntime-node";
import { describe, expect, test } from "vitest";
import { ExportError, InterruptedError } from "../../src/core/errors.js";
import { decodeFloats, type Tensor, toFloat32 } from "../../src/core/tensor.js";
import { exportOnnx } from "../../src/export/onnx.js";
import { readNpz } from "../../src/formats/npy/read-npz.js";
import { openOnnxWeights } from "../../src/formats/onnx/open-onnx-weights.js";
import { openModel } from "../../src/mapping/open-model.js";
import { evaluate, takeRows } from "../../src/runtime/evaluate.js";
import { openReference } from "../../src/runtime/reference/open-reference.js";
import { type GeneratorInputs, layerOf } from "../../src/runtime/runtime.js";
import { fixture } from "../helpers/fixtures.js";
import {
  largestDifference,
  randomInputs,
  randomParameters,
  smallBigGan,
  smallBigGanDeep,
} from "../helpers/small-generators.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

/** What a user would write. */
async function imageOf(session: InferenceSession, { z, y, truncation }: GeneratorInputs): Promise<Tensor> {
  const { image } = await session.run({
    z: new OrtTensor("float32", toFloat32(z.data), z.shape),
    y: new OrtTensor("float32", toFloat32(y.data), y.shape),
    truncation: new OrtTensor("float32", [truncation], []),
  });
  const data = image?.data;
  if (!(data instanceof Float32Array)) throw new Error("expected a float32 image");
  return { shape: image?.dims ?? [], data: Float32Array.from(data) };
}

const sessionOn = (folder: string) =>
  InferenceSession.create(join(folder, "model.onnx"), { intraOpNumThreads: 1, logSeverityLevel: 3 });

/** TensorFlow's own images from the real modules; both sides are float32, pictures in [-1, 1]. */
const BOUND = 5e-5;

describe("a real module exported, in the plain onnxruntime-node", () => {
  test.each(["biggan-mini", "biggan-deep-mini"])("%s gives TensorFlow's images at every truncation", async (module) => {
    const entries = await readNpz(fixture(`${module}.reference.npz`));
    const of = (name: string): Tensor => {
      const tensor = entries.get(name);
      if (tensor === undefined) throw new Error(`${module}: no ${name}`);
      return tensor;
    };
    const folder = await temporaryFolder();
    await using model = await openModel(fixture(`${module}.tar.gz`));
    await exportOnnx(model.graph, model.parameters(), folder);
    const session = await sessionOn(folder);
    for (const [row, truncation] of [...of("truncation").data].entries()) {
      const inputs = { z: takeRows(of("z"), [row]), y: takeRows(of("y"), [row]), truncation };
      const found = await imageOf(session, inputs);
      expect(largestDifference(found, takeRows(of("image"), [row])), `row ${row}`).toBeLessThan(BOUND);
    }
    await session.release();
  });
});

describe("small generators in the plain onnxruntime-node", () => {
  test.each([
    ["biggan", smallBigGan],
    ["biggan-deep", smallBigGanDeep],
  ] as const)("%s: any batch, truncations on, between and outside the grid", async (_, make) => {
    const graph = make();
    const folder = await temporaryFolder();
    await exportOnnx(graph, randomParameters(graph), folder);
    const session = await sessionOn(folder);
    await using reference = await openReference(graph, randomParameters(graph));
    for (const [count, truncation] of [
      [1, 0],
      [3, 0.1],
      [2, 0.25],
      [1, 0.61803],
      [3, 1],
    ] as const) {
      const inputs = randomInputs(graph, count, truncation);
      const expected = layerOf(await evaluate(reference, inputs), "image");
      const found = await imageOf(session, inputs);
      expect(found.shape).toEqual(expected.shape);
      expect(largestDifference(found, expected), `at ${truncation}`).toBeLessThan(2e-5);
    }
    await session.release();
  });

  test("attention in parts gives what it gives whole", async () => {
    const graph = smallBigGan();
    const images: Tensor[] = [];
    for (const maxScoreBytes of [1 << 20, 1024, 64]) {
      const folder = await temporaryFolder();
      await exportOnnx(graph, randomParameters(graph), folder, { maxScoreBytes });
      const session = await sessionOn(folder);
      images.push(await imageOf(session, randomInputs(graph, 2, 1)));
      await session.release();
    }
    const [whole, ...inParts] = images;
    for (const image of inParts) expect(whole && largestDifference(image, whole)).toBeLessThan(1e-6);
  });
});

describe("exported files", () => {
  test("are the ones reported, and the same bytes every time", async () => {
    const graph = smallBigGanDeep();
    const progress: [number, number][] = [];
    const runs = [await temporaryFolder(), await temporaryFolder()];
    const [first, second] = await Promise.all(
      runs.map((run) =>
        exportOnnx(graph, randomParameters(graph), run, {
          metadata: { family: "biggan-deep" },
          onProgress: (done, total) => progress.push([done, total]),
        }),
      ),
    );
    expect(first).toEqual(second);
    expect(first?.map(({ path }) => path)).toEqual(["model.onnx"]);
    const content = await readFile(join(runs[0] ?? "", "model.onnx"));
    expect(first?.[0]?.bytes).toBe(content.byteLength);
    expect(first?.[0]?.sha256).toBe(createHash("sha256").update(content).digest("hex"));
    const [done, total] = progress.at(-1) ?? [];
    expect(done).toBe(total);
  });

  test("hold their tensors beside the model above a size, and compute the same", async () => {
    const graph = smallBigGan();
    const [inside, outside] = [await temporaryFolder(), await temporaryFolder()];
    await exportOnnx(graph, randomParameters(graph), inside);
    const files = await exportOnnx(graph, randomParameters(graph), outside, { externalAbove: 1000 });
    expect(files.map(({ path }) => path)).toEqual(["model.onnx.data", "model.onnx"]);
    expect(files.map(({ bytes }) => bytes)[1]).toBeLessThan(40_000);
    const inputs = randomInputs(graph, 2, 0.6);
    const [a, b] = [await sessionOn(inside), await sessionOn(outside)];
    expect((await imageOf(b, inputs)).data).toEqual((await imageOf(a, inputs)).data);
    await a.release();
    await b.release();
  });

  test.each([undefined, 1000])(
    "hold every parameter under its own name and in its own order",
    async (externalAbove) => {
      const graph = smallBigGanDeep();
      const folder = await temporaryFolder();
      const options = externalAbove === undefined ? {} : { externalAbove };
      await exportOnnx(graph, randomParameters(graph), folder, { ...options, metadata: { family: "biggan-deep" } });
      await using weights = await openOnnxWeights(join(folder, "model.onnx"));
      expect(weights.metadata.get("family")).toBe("biggan-deep");
      expect([...weights.tensors.keys()]).toEqual([...graph.parameters.keys()].sort());
      for (const [name, { shape }] of graph.parameters) {
        expect(weights.tensors.get(name)?.shape, name).toEqual(shape);
        const expected = Float32Array.from(await randomParameters(graph).read(name));
        expect(decodeFloats(await weights.read(name), "float32"), name).toEqual(expected);
      }
    },
  );

  test("stop when aborted, and then hold no model.onnx that loads", async () => {
    const graph = smallBigGan();
    const folder = await temporaryFolder();
    const stop = new AbortController();
    const writing = exportOnnx(graph, randomParameters(graph), folder, {
      signal: stop.signal,
      externalAbove: 1000,
      onProgress: () => stop.abort(),
    });
    await expect(writing).rejects.toThrow(InterruptedError);
    expect(await readdir(folder)).not.toContain("model.onnx");
  });

  test("cannot go where a file is in the way", async () => {
    const folder = await temporaryFolder();
    const inTheWay = join(folder, "taken");
    await writeFile(inTheWay, "");
    const graph = smallBigGan();
    const writing = exportOnnx(graph, randomParameters(graph), join(inTheWay, "onnx"));
    await expect(writing).rejects.toThrow(ExportError);
  });
});
