import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { elementCount } from "../../../src/core/tensor.js";
import { readNpz } from "../../../src/formats/npy/read-npz.js";
import { compute } from "../../../src/runtime/reference/operations.js";
import type { Tensor64 } from "../../../src/runtime/reference/tensor64.js";
import { finishNow } from "../../../src/runtime/reference/turns.js";
import { truncationRows } from "../../../src/runtime/truncation-rows.js";

/** Made by scripts/fixtures/make_ops.py with TensorFlow in float64. */
const goldens = await readNpz(fileURLToPath(new URL("../../golden/ops.npz", import.meta.url)));

function golden(key: string): Tensor64 {
  const tensor = goldens.get(key);
  if (!(tensor?.data instanceof Float64Array)) throw new Error(`no float64 golden ${key}`);
  return { shape: tensor.shape, data: tensor.data };
}

/** Computes one operation on the named inputs of a case. */
function result(operation: Parameters<typeof compute>[0], name: string, inputs: readonly string[]): Tensor64 {
  const operands = inputs.map((input) => golden(`${name}/${input}`));
  const value = compute(operation, operands, golden(`${name}/result`).shape);
  return "data" in value ? value : finishNow(value);
}

function expectClose(actual: Tensor64, expected: Tensor64, tolerance = 1e-13): void {
  expect(actual.shape).toEqual(expected.shape);
  expect(actual.data.length).toBe(elementCount(expected.shape));
  let largest = 0;
  for (const [i, value] of expected.data.entries())
    largest = Math.max(largest, Math.abs(value - (actual.data[i] ?? NaN)));
  expect(largest).toBeLessThanOrEqual(tolerance);
}

const CASES: readonly (readonly [name: string, Parameters<typeof compute>[0], inputs: readonly string[]])[] = [
  ["conv2d/1x1", { op: "conv2d" }, ["x", "filter", "bias"]],
  ["conv2d/3x3", { op: "conv2d" }, ["x", "filter", "bias"]],
  ["conv2d/3x3-no-bias-odd-channels", { op: "conv2d" }, ["x", "filter"]],
  ["conv2d/3x3-on-one-pixel", { op: "conv2d" }, ["x", "filter", "bias"]],
  ["conv2d/2x4-even-filter", { op: "conv2d" }, ["x", "filter", "bias"]],
  ["conv2d/5x3-larger-than-image", { op: "conv2d" }, ["x", "filter"]],
  ["matmul/bias", { op: "matmul" }, ["x", "w", "bias"]],
  ["matmul/no-bias", { op: "matmul" }, ["x", "w"]],
  ["batchNorm/shared", { op: "batchNorm", epsilon: 1e-4 }, ["x", "mean", "variance", "gain", "offset"]],
  ["batchNorm/conditional", { op: "batchNorm", epsilon: 1e-4 }, ["x", "mean", "variance", "gain", "offset"]],
  ["attend/plain", { op: "attend" }, ["queries", "keys", "values"]],
  ["attend/large-logits", { op: "attend" }, ["queries", "keys", "values"]],
  ["upsample2x", { op: "upsample2x" }, ["x"]],
  ["maxPool2x2", { op: "maxPool2x2" }, ["x"]],
  ["relu", { op: "relu" }, ["x"]],
  ["tanh", { op: "tanh" }, ["x"]],
  ["addScalar", { op: "addScalar", value: 1 }, ["x"]],
  ["scale", { op: "scale" }, ["x", "factor"]],
  ["add", { op: "add" }, ["x", "other"]],
  ["slice", { op: "slice", start: 1, size: 2 }, ["x"]],
  ["reshape", { op: "reshape" }, ["x"]],
  ["concat", { op: "concat" }, ["a", "b", "c"]],
];

test.each(CASES)("%s agrees with TensorFlow in float64", (name, operation, inputs) => {
  // A batch norm with variance 0 multiplies rounding by 1 / sqrt(epsilon) = 100.
  expectClose(result(operation, name, inputs), golden(`${name}/result`), operation.op === "batchNorm" ? 1e-11 : 1e-13);
});

test("every result in the file is compared", () => {
  const results = [...goldens.keys()].filter((key) => key.endsWith("/result") && !key.startsWith("truncation/"));
  expect(CASES.map(([name]) => `${name}/result`).sort()).toEqual(results.sort());
});

test.each(["fifty", "fifty-one", "uneven", "one-row"])(
  "truncation weights on the %s grid agree with numpy.interp",
  (name) => {
    const grid = [...golden(`truncation/${name}/grid`).data];
    const expected = golden(`truncation/${name}/result`);
    const rows = [...golden(`truncation/${name}/t`).data].map((t) => truncationRows(t, grid));
    const data = Float64Array.from(rows.flatMap((row) => [...row]));
    expectClose({ shape: [rows.length, grid.length], data }, expected, 1e-13);
  },
);
