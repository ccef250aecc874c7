import { describe, expect, test } from "vitest";
import { UsageError } from "../../src/core/errors.js";
import { evaluate } from "../../src/runtime/evaluate.js";
import { openReference } from "../../src/runtime/reference/open-reference.js";
import { layerOf } from "../../src/runtime/runtime.js";
import { randomPictures, smallDiscriminator } from "../helpers/small-discriminators.js";
import { largestDifference, randomInputs, randomParameters, smallBigGan } from "../helpers/small-generators.js";

const graph = smallDiscriminator();
const open = () => openReference(graph, randomParameters(graph));

test("rows in batches give what they give at once, in their order", async () => {
  await using runtime = await open();
  const inputs = randomPictures(graph, 5);
  const progress: number[] = [];
  const cut = await evaluate(runtime, inputs, { batchSize: 2, onRows: (done) => progress.push(done) });
  expect(progress).toEqual([2, 4, 5]);
  const whole = layerOf(await runtime.run(inputs), "logits");
  expect(whole.shape).toEqual([5, 1]);
  expect(largestDifference(layerOf(cut, "logits"), whole)).toBe(0);
});

describe("inputs that do not fit", () => {
  const { x, y } = randomPictures(graph, 2);
  const more = randomPictures(graph, 3);
  test.each([
    [{ x: more.x, y }, "y: expected 3 rows, as many as x has, found 2"],
    [{ x, y: x }, "y: expected shape [n, 3] with n at least 1, found [2, 16, 16, 3] (1536 numbers)"],
    [
      { x: { ...x, shape: [2, 3, 16, 16] }, y },
      "x: expected shape [n, 16, 16, 3] with n at least 1, found [2, 3, 16, 16] (1536 numbers)",
    ],
    [
      { x: { shape: [0, 16, 16, 3], data: new Float32Array() }, y },
      "x: expected shape [n, 16, 16, 3] with n at least 1, found [0, 16, 16, 3] (0 numbers)",
    ],
    [
      { x: { ...x, data: x.data.map((value, i) => (i === 1000 ? Number.NaN : value)) }, y },
      "x: expected finite numbers, found NaN in row 1, column 232",
    ],
  ])("%#: %s", async (inputs, message) => {
    await using runtime = await open();
    await expect(runtime.run(inputs)).rejects.toThrow(UsageError);
    await expect(runtime.run(inputs)).rejects.toThrow(message);
  });

  test("are those of the other role", async () => {
    await using runtime = await open();
    const generator = smallBigGan();
    await expect(runtime.run(randomInputs(generator, 1, 1))).rejects.toThrow(
      "inputs: expected x and y, as a discriminator takes them, found z, y and truncation",
    );
    await using other = await openReference(generator, randomParameters(generator));
    await expect(other.run({ x, y })).rejects.toThrow(
      "inputs: expected z, y and truncation, as a generator takes them, found x and y",
    );
  });

  test("are taps that are not there", async () => {
    await using runtime = await open();
    await expect(runtime.run({ x, y }, { taps: ["image"] })).rejects.toThrow(
      "taps: expected some of block0, attention, block1, block2, block3, final, logits, found image",
    );
  });
});
