import fc from "fast-check";
import { expect, test } from "vitest";
import { attend } from "../../../src/runtime/reference/attend.js";
import { conv2d } from "../../../src/runtime/reference/conv2d.js";
import { matmul } from "../../../src/runtime/reference/matmul.js";
import { softmax } from "../../../src/runtime/reference/softmax.js";
import type { Tensor64 } from "../../../src/runtime/reference/tensor64.js";
import { finishNow } from "../../../src/runtime/reference/turns.js";

const number = fc.double({ min: -10, max: 10, noNaN: true });
const extent = fc.integer({ min: 1, max: 5 });

function tensor(...shape: readonly number[]): fc.Arbitrary<Tensor64> {
  const length = shape.reduce((product, each) => product * each, 1);
  return fc
    .array(number, { minLength: length, maxLength: length })
    .map((values) => ({ shape, data: Float64Array.from(values) }));
}

const convolutions = fc
  .record({ n: extent, h: extent, w: extent, c: extent, out: extent, k: fc.constantFrom(1, 3) })
  .chain(({ n, h, w, c, out, k }) =>
    fc.record({ x: tensor(n, h, w, c), other: tensor(n, h, w, c), filter: tensor(k, k, c, out), factor: number }),
  );

function expectClose(actual: Tensor64, expected: readonly number[]): void {
  expect(actual.data.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) expect(Math.abs((actual.data[i] ?? NaN) - value)).toBeLessThan(1e-9);
}

test("a convolution is linear in the image", () => {
  fc.assert(
    fc.property(convolutions, ({ x, other, filter, factor }) => {
      const mixed = { shape: x.shape, data: x.data.map((value, i) => factor * value + (other.data[i] ?? 0)) };
      const a = finishNow(conv2d(x, filter)).data;
      const b = finishNow(conv2d(other, filter)).data;
      expectClose(
        finishNow(conv2d(mixed, filter)),
        Array.from(a, (value, i) => factor * value + (b[i] ?? 0)),
      );
    }),
  );
});

test("a convolution equals its definition, summed in the same order", () => {
  fc.assert(
    fc.property(convolutions, ({ x, filter }) => {
      const [n = 0, h = 0, w = 0, c = 0] = x.shape;
      const [k = 0, , , out = 0] = filter.shape;
      const pad = (k - 1) / 2;
      const expected: number[] = [];
      for (let image = 0; image < n; image++)
        for (let i = 0; i < h; i++)
          for (let j = 0; j < w; j++)
            for (let o = 0; o < out; o++) {
              let sum = 0;
              for (let a = 0; a < k; a++)
                for (let b = 0; b < k; b++)
                  for (let d = 0; d < c; d++) {
                    const [row, column] = [i + a - pad, j + b - pad];
                    const inside = row >= 0 && row < h && column >= 0 && column < w;
                    const value = inside ? (x.data[((image * h + row) * w + column) * c + d] ?? NaN) : 0;
                    sum += value * (filter.data[((a * k + b) * c + d) * out + o] ?? NaN);
                  }
              expected.push(sum);
            }
      expect([...finishNow(conv2d(x, filter)).data].map((value) => value + 0)).toEqual(
        expected.map((value) => value + 0),
      );
    }),
  );
});

test("a row of a batch gives the same bits alone", () => {
  fc.assert(
    fc.property(convolutions, ({ x, filter }) => {
      const [, ...rest] = x.shape;
      const size = rest.reduce((product, each) => product * each, 1);
      const first = { shape: [1, ...rest], data: x.data.slice(0, size) };
      const alone = finishNow(conv2d(first, filter)).data;
      expect(finishNow(conv2d(x, filter)).data.subarray(0, alone.length)).toEqual(alone);
    }),
  );
});

test("a 1 x 1 convolution is a matrix product over the pixels", () => {
  fc.assert(
    fc.property(tensor(2, 3, 2, 3), tensor(1, 1, 3, 5), tensor(5), (x, filter, bias) => {
      const product = matmul({ shape: [12, 3], data: x.data }, { shape: [3, 5], data: filter.data }, bias);
      expectClose(finishNow(conv2d(x, filter, bias)), [...finishNow(product).data]);
    }),
  );
});

test("softmax: positive, sums to 1, does not change when a constant is added, does not overflow", () => {
  fc.assert(
    fc.property(
      fc.array(number, { minLength: 1, maxLength: 20 }),
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      (row, shift) => {
        const plain = Float64Array.from(row);
        const shifted = plain.map((value) => value + shift);
        softmax(plain);
        softmax(shifted);
        expect(plain.every((value) => value > 0)).toBe(true);
        expect(plain.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
        for (const [i, value] of plain.entries()) expect(Math.abs((shifted[i] ?? NaN) - value)).toBeLessThan(1e-8);
      },
    ),
  );
  const huge = Float64Array.of(1e308, -1e308, 1e308);
  softmax(huge);
  expect([...huge]).toEqual([0.5, 0, 0.5]);
});

test("attention returns a convex mix of the values", () => {
  fc.assert(
    fc.property(tensor(2, 3, 4), tensor(2, 5, 4), (queries, keys) => {
      const ones: Tensor64 = { shape: [2, 5, 2], data: new Float64Array(20).fill(1) };
      expectClose(
        finishNow(attend(queries, keys, ones)),
        Array.from({ length: 12 }, () => 1),
      );
    }),
  );
});
