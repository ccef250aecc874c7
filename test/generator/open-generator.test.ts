import { PNG } from "pngjs";
import { afterAll, expect, it } from "vitest";
import { openModel } from "../../src/generator/open-generator.js";
import { encodePng } from "../../src/generator/picture.js";
import { openModel as openInner } from "../../src/mapping/open-model.js";
import { openRuntime } from "../../src/runtime/backends.js";
import { evaluate } from "../../src/runtime/evaluate.js";
import { oneHot } from "../../src/sampling/class-mix.js";
import { toPixels } from "../../src/sampling/pixels.js";
import { sampleZ } from "../../src/sampling/sample-z.js";

const MINI = "fixtures/biggan-mini.tar.gz";
const model = await openModel(MINI);
afterAll(() => model.dispose());

/** Red, green, blue, without opacity. */
const colours = (data: Uint8ClampedArray) => data.filter((_, index) => index % 4 !== 3);

it("draws what the runtime computes, picture after picture", async () => {
  const seen: number[] = [];
  const pictures = await model.generate(
    { class: "fish", seed: 7, truncation: 0.4, count: 3 },
    { onPicture: (_, index) => seen.push(index) },
  );
  await using inner = await openInner(MINI);
  await using runtime = await openRuntime("tfjs-wasm", inner.graph, inner.parameters());
  const z = sampleZ({ count: 3, zDim: inner.graph.zDim, truncation: 0.4, seed: 7 });
  const y = oneHot(
    [0, 1, 2].map(() => [{ index: 9, weight: 1 }]),
    10,
  );
  const layers = await evaluate(runtime, { z, y, truncation: 0.4 });
  const wanted = toPixels(layers.get("image")?.data ?? new Float32Array());
  expect(pictures.map(({ width, height }) => [width, height])).toEqual([
    [32, 32],
    [32, 32],
    [32, 32],
  ]);
  expect(pictures.flatMap(({ data }) => [...colours(data)])).toEqual([...wanted]);
  expect(pictures.every(({ data }) => data.every((value, index) => index % 4 !== 3 || value === 255))).toBe(true);
  expect(seen).toEqual([0, 1, 2]);
});

it("goes from one point to another, both included", async () => {
  const from = { class: "circle", seed: 1 };
  const to = { class: "fish", seed: 2 };
  const strip = await model.interpolate({ from, to, steps: 3, truncation: 0.6 });
  const [first] = await model.generate({ ...from, truncation: 0.6 });
  const [last] = await model.generate({ ...to, truncation: 0.6 });
  expect(strip).toHaveLength(3);
  expect(strip[0]).toEqual(first);
  expect(strip[2]).toEqual(last);
});

it("mixes classes, by names and by weights", async () => {
  const [mixed] = await model.generate({
    classes: [
      { class: "fish", weight: 0.5 },
      { class: 0, weight: 0.5 },
    ],
    seed: 3,
  });
  expect(await model.generate({ class: "fish:0.5,0:0.5", seed: 3 })).toEqual([mixed]);
});

it("makes PNGs that another reader reads", async () => {
  const [picture] = await model.generate({ class: 3 });
  if (picture === undefined) throw new Error("no picture");
  const read = PNG.sync.read(Buffer.from(encodePng(picture)));
  expect([read.width, read.height]).toEqual([32, 32]);
  expect([...read.data]).toEqual([...picture.data]);
});

it.each([
  [{ class: "dog" }, /class "dog": no class has this name/],
  [{ class: 10 }, /class 10: expected an index from 0 to 9/],
  [{ truncation: 2 }, /truncation: expected a number from 0 to 1, found 2/],
  [{ count: 0 }, /count: expected a whole number from 1 to 10000, found 0/],
  [{ seed: -1 }, /seed/],
  [{ z: [1, 2] }, /z: expected 1 x 40 = 40 numbers, found 2/],
])("refuses %o in words", async (request, words) => {
  await expect(model.generate(request)).rejects.toThrow(words);
});

it("stops between pictures, and draws again afterwards", async () => {
  const stop = new AbortController();
  const drawing = model.generate({ count: 50 }, { signal: stop.signal, onPicture: () => stop.abort() });
  await expect(drawing).rejects.toMatchObject({ code: "interrupted" });
  expect(await model.generate({})).toHaveLength(1);
});

it("refuses to draw from a discriminator, and after it was closed", async () => {
  await using judge = await openModel("fixtures/pytorch/biggan-mini/D.pth");
  await expect(judge.generate({})).rejects.toThrow("expected a generator, found a discriminator");
  const closed = await openModel(MINI);
  await closed.dispose();
  await closed.dispose();
  await expect(closed.generate({})).rejects.toThrow("the model has been closed");
});

it("takes turns between calls, picture by picture, and whoever reads slowly delays nobody else", async () => {
  const order: string[] = [];
  let go = (): void => undefined;
  const ready = new Promise<void>((resolve) => {
    go = resolve;
  });
  const slow = model.generate(
    { count: 3 },
    {
      onPicture: async (_, index) => {
        order.push(`slow ${index}`);
        if (index === 1) await ready;
      },
    },
  );
  await model.generate({ count: 3 }, { onPicture: (_, index) => order.push(`quick ${index}`) });
  expect(order).toEqual(["slow 0", "quick 0", "slow 1", "quick 1", "quick 2"]);
  go();
  expect(await slow).toHaveLength(3);
});

it("says what the model is, as in browsers, and what computes", async () => {
  expect(model.model).toMatchObject({ name: "biggan-mini", family: "biggan", resolution: 32, classes: 10, zDim: 40 });
  expect(model.model.labels).toContain("fish");
  expect(model.model.bakedTruncation).toBeUndefined();
  expect(model.resolution.assignments.length).toBeGreaterThan(0);
  await model.generate({});
  expect(model.backend).toMatchObject({ backend: "tfjs-wasm", description: expect.stringMatching(/^tfjs 4/) });
  await expect(openModel(MINI, { backend: "abacus" })).rejects.toThrow(/expected one of reference, .*, found abacus/);
});

it("closes while it draws: the call is refused, and nothing is left open", async () => {
  const closing = await openModel(MINI, { backend: "reference" });
  const drawing = closing.generate({ count: 20 });
  await new Promise((resolve) => setTimeout(resolve, 50));
  const refused = expect(drawing).rejects.toThrow("the model has been closed");
  await closing.dispose();
  await refused;
});
