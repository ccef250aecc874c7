import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { toFloat32 } from "../../../src/core/tensor.js";
import { phaseConv2d } from "../../../src/runtime/reference/phase-conv2d.js";
import type { Tensor64 } from "../../../src/runtime/reference/tensor64.js";
import { transposedConv2d } from "../../../src/runtime/reference/transposed-conv2d.js";
import { finishNow } from "../../../src/runtime/reference/turns.js";
import { randomNumbers } from "../../helpers/small-generators.js";

beforeAll(() => tf.setBackend("cpu"));

const extent = fc.integer({ min: 1, max: 4 });
const cases = fc.record({ n: extent, h: extent, w: extent, c: extent, out: extent, seed: fc.nat() });

const random = (seed: number, ...shape: readonly number[]): Tensor64 => ({
  shape,
  data: randomNumbers(
    shape.reduce((a, b) => a * b, 1),
    seed,
  ),
});

/** Numbers near 1, products of at most 64 terms in float32. */
const CLOSE = 1e-5;

function expectClose(actual: Tensor64, expected: tf.Tensor): void {
  expect(actual.shape).toEqual(expected.shape);
  for (const [i, value] of expected.dataSync().entries()) {
    expect(Math.abs((actual.data[i] ?? Number.NaN) - value)).toBeLessThan(CLOSE);
  }
}

test("a transposed convolution is TensorFlow's, with the filter's last axes exchanged", () => {
  fc.assert(
    fc.property(cases, ({ n, h, w, c, out, seed }) => {
      const [x, filter, bias] = [random(seed, n, h, w, c), random(seed + 1, 4, 4, c, out), random(seed + 2, out)];
      const expected = tf.tidy(() => {
        const turned = tf.transpose(tf.tensor4d(toFloat32(filter.data), [4, 4, c, out]), [0, 1, 3, 2]);
        const shape: [number, number, number, number] = [n, 2 * h, 2 * w, out];
        const sums = tf.conv2dTranspose(tf.tensor4d(toFloat32(x.data), [n, h, w, c]), turned, shape, 2, "same");
        return tf.add(sums, tf.tensor1d(toFloat32(bias.data)));
      });
      expectClose(finishNow(transposedConv2d(x, filter, bias)), expected);
    }),
  );
});

test("a phase convolution is TensorFlow's 2 x 2 convolution of the padded image, depth to space, cropped", () => {
  fc.assert(
    fc.property(cases, ({ n, h, w, c, out, seed }) => {
      const [x, filter, bias] = [random(seed, n, h, w, c), random(seed + 1, 2, 2, c, 4 * out), random(seed + 2, out)];
      const expected = tf.tidy(() => {
        const padded = tf.pad(tf.tensor4d(toFloat32(x.data), [n, h, w, c]), [
          [0, 0],
          [1, 1],
          [1, 1],
          [0, 0],
        ]);
        const corners = tf.conv2d(padded, tf.tensor4d(toFloat32(filter.data), [2, 2, c, 4 * out]), 1, "valid");
        const squares = tf.depthToSpace(corners, 2);
        return tf.add(tf.slice(squares, [0, 1, 1, 0], [n, 2 * h, 2 * w, out]), tf.tensor1d(toFloat32(bias.data)));
      });
      expectClose(finishNow(phaseConv2d(x, filter, bias)), expected);
    }),
  );
});
