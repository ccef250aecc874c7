import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InterruptedError, UsageError } from "../../src/core/errors.js";
import type { Tensor } from "../../src/core/tensor.js";
import { evaluate } from "../../src/runtime/evaluate.js";
import type { GeneratorInputs, Runtime } from "../../src/runtime/runtime.js";

/** A stand-in whose image is [z0, y0, truncation] of each row, and which keeps what it was asked. */
function echo(): Runtime & { readonly asked: GeneratorInputs[] } {
  const asked: GeneratorInputs[] = [];
  return {
    backend: "echo",
    description: "test",
    asked,
    async run(inputs) {
      if ("x" in inputs) throw new Error("this stand-in is a generator");
      asked.push(inputs);
      const { z, y, truncation } = inputs;
      const n = z.shape[0] ?? 0;
      const data = new Float32Array(n * 3);
      for (let row = 0; row < n; row++) {
        data.set([z.data[row * 2] ?? NaN, y.data[row] ?? NaN, truncation], row * 3);
      }
      return new Map([["image", { shape: [n, 1, 1, 3], data }]]);
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}

const rows = (n: number, width: number): Tensor => ({
  shape: [n, width],
  data: Float32Array.from({ length: n * width }, (_, i) => i),
});

test("groups rows of equal truncation, at most batchSize at once, and puts them back in order", async () => {
  const runtime = echo();
  const progress: number[] = [];
  const result = await evaluate(
    runtime,
    { z: rows(7, 2), y: rows(7, 1), truncation: [0.5, 1, 0.5, 0.5, 1, 0.25, 0.5] },
    { batchSize: 3, onRows: (done) => progress.push(done) },
  );
  expect(runtime.asked.map(({ truncation, y }) => [truncation, ...y.data])).toEqual([
    [0.5, 0, 2, 3],
    [0.5, 6],
    [1, 1, 4],
    [0.25, 5],
  ]);
  expect(progress).toEqual([3, 4, 6, 7]);
  const image = result.get("image");
  expect(image?.shape).toEqual([7, 1, 1, 3]);
  expect(image?.data).toEqual(
    Float32Array.of(0, 0, 0.5, 2, 1, 1, 4, 2, 0.5, 6, 3, 0.5, 8, 4, 1, 10, 5, 0.25, 12, 6, 0.5),
  );
});

test("any truncations and batch size: each row gets its own z, y and truncation", async () => {
  const truncations = fc.array(fc.constantFrom(0, 0.25, 0.5, 1), { minLength: 1, maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(truncations, fc.integer({ min: 1, max: 9 }), async (truncation, batchSize) => {
      const runtime = echo();
      const n = truncation.length;
      const result = await evaluate(runtime, { z: rows(n, 2), y: rows(n, 1), truncation }, { batchSize });
      expect([...(result.get("image")?.data ?? [])]).toEqual(truncation.flatMap((t, row) => [row * 2, row, t]));
      expect(Math.max(...runtime.asked.map(({ z }) => z.shape[0] ?? 0))).toBeLessThanOrEqual(batchSize);
    }),
  );
});

test("one truncation stands for all rows, in batches of 8", async () => {
  const runtime = echo();
  await evaluate(runtime, { z: rows(20, 2), y: rows(20, 1), truncation: 0.4 });
  expect(runtime.asked.map(({ z }) => z.shape[0])).toEqual([8, 8, 4]);
});

describe("refuses", () => {
  const good = { z: rows(2, 2), y: rows(2, 1), truncation: 0.5 };
  const holed: Tensor = { shape: [2, 2], data: Float64Array.of(0, 1, 2, Number.NaN) };

  test.each([
    [
      { z: { shape: [4], data: new Float32Array(4) } },
      "z: expected shape [n, width] with n at least 1, found [4] (4 numbers)",
    ],
    [
      { z: { shape: [0, 2], data: new Float32Array(0) } },
      "z: expected shape [n, width] with n at least 1, found [0, 2] (0 numbers)",
    ],
    [
      { z: { shape: [3, 2], data: new Float32Array(5) } },
      "z: expected shape [n, width] with n at least 1, found [3, 2] (5 numbers)",
    ],
    [{ z: holed }, "z: expected finite numbers, found NaN in row 1, column 1"],
    [{ y: rows(3, 1) }, "y: expected 2 rows, as many as z has, found 3"],
    [{ truncation: Number.NaN }, "truncation: expected a number from 0 to 1, found NaN"],
    [{ truncation: -0.1 }, "truncation: expected a number from 0 to 1, found -0.1"],
    [{ truncation: [0.5, 2] }, "truncation of row 1: expected a number from 0 to 1, found 2"],
    [{ truncation: [0.5] }, "truncation: expected one number, or 2, as many as z has rows, found 1"],
  ])("case %#: %j", async (change, message) => {
    const runtime = echo();
    await expect(evaluate(runtime, { ...good, ...change })).rejects.toThrow(new UsageError(message));
    expect(runtime.asked).toEqual([]);
  });

  test.each([0, 1.5, Number.NaN])("a batch size of %d", async (batchSize) => {
    const message = `batch size: expected a whole number from 1, found ${batchSize}`;
    await expect(evaluate(echo(), good, { batchSize })).rejects.toThrow(new UsageError(message));
  });

  test("to go on after an interruption", async () => {
    const abort = new AbortController();
    const runtime = echo();
    const run = evaluate(
      runtime,
      { z: rows(4, 2), y: rows(4, 1), truncation: 0.5 },
      { batchSize: 1, signal: abort.signal, onRows: (done) => done === 2 && abort.abort() },
    );
    await expect(run).rejects.toBeInstanceOf(InterruptedError);
    expect(runtime.asked.length).toBe(2);
  });
});
