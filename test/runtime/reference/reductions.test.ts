import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { averagePool2x2 } from "../../../src/runtime/reference/average-pool2x2.js";
import { rowDot } from "../../../src/runtime/reference/row-dot.js";
import { sumPool } from "../../../src/runtime/reference/sum-pool.js";
import type { Tensor64 } from "../../../src/runtime/reference/tensor64.js";

/** Eighths: sums of products of a few of them are exact in float32 too. */
const number = fc.integer({ min: -80, max: 80 }).map((eighths) => eighths / 8);
const extent = fc.integer({ min: 1, max: 4 });

function tensor(...shape: readonly number[]): fc.Arbitrary<Tensor64> {
  const length = shape.reduce((product, each) => product * each, 1);
  return fc
    .array(number, { minLength: length, maxLength: length })
    .map((values) => ({ shape, data: Float64Array.from(values) }));
}

const images = fc.tuple(extent, extent, extent, extent).chain(([n, h, w, c]) => tensor(n, 2 * h, 2 * w, c));
const pairs = fc.tuple(extent, extent).chain(([n, c]) => fc.tuple(tensor(n, c), tensor(n, c)));

beforeAll(async () => {
  await tf.setBackend("cpu");
});

/** As float32, which holds them exactly. */
const floats = ({ data }: Tensor64) => Float32Array.from(data);

function tensor4d(x: Tensor64): tf.Tensor4D {
  const [n = 0, h = 0, w = 0, c = 0] = x.shape;
  return tf.tensor4d(floats(x), [n, h, w, c]);
}

function tensor2d(x: Tensor64): tf.Tensor2D {
  const [rows = 0, columns = 0] = x.shape;
  return tf.tensor2d(floats(x), [rows, columns]);
}

function expectEqual(ours: Tensor64, theirs: tf.Tensor): void {
  expect(theirs.shape).toEqual(ours.shape);
  // -0 and 0 are the same sum.
  const plain = (values: Iterable<number>) => Array.from(values, (value) => value + 0);
  expect(plain(theirs.dataSync())).toEqual(plain(ours.data));
}

test("average pooling is tfjs's", () => {
  fc.assert(fc.property(images, (x) => expectEqual(averagePool2x2(x), tf.avgPool(tensor4d(x), 2, 2, "valid"))));
});

test("the sum over positions is tfjs's", () => {
  fc.assert(fc.property(images, (x) => expectEqual(sumPool(x), tf.sum(tensor4d(x), [1, 2]))));
});

test("the dot product of rows is tfjs's", () => {
  fc.assert(
    fc.property(pairs, ([a, b]) => expectEqual(rowDot(a, b), tf.sum(tf.mul(tensor2d(a), tensor2d(b)), 1, true))),
  );
});
