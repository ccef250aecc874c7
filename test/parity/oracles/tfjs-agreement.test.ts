import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FormatError } from "../../../src/core/errors.js";
import { elementCount, type Shape } from "../../../src/core/tensor.js";
import type { NodeDef } from "../../../src/formats/saved-model/types.js";
import { difference } from "../../../src/parity/measures.js";
import { type KernelChoice, withKernels } from "../../../src/parity/oracles/tfjs-kernels.js";
import type { Tensor64 } from "../../../src/runtime/reference/tensor64.js";
import { finishNow } from "../../../src/runtime/reference/turns.js";
import { withBackend } from "../../../src/runtime/tfjs/engine.js";
import { field, joined, varint } from "../../helpers/wire.js";

type Attribute = boolean | string | readonly number[];

/** https://github.com/tensorflow/tensorflow/blob/v2.15.1/tensorflow/core/framework/attr_value.proto: s 2, b 5, list 1 of i 3. */
function encoded(value: Attribute): Uint8Array {
  if (typeof value === "boolean") return Uint8Array.of(5 * 8, Number(value));
  return typeof value === "string" ? field(2, value) : field(1, field(3, value.flatMap(varint)));
}

function nodeOf(op: string, attributes: Readonly<Record<string, Attribute>>): NodeDef {
  const entries = Object.entries(attributes).map(([name, value]) =>
    field(5, joined(field(1, name), field(2, encoded(value)))),
  );
  return { name: "node", op, inputs: [], encoded: joined(...entries) };
}

/** Numbers from -1 to 1 that float32 holds, the same for the same shape. */
function wave(shape: Shape, phase: number): Tensor64 {
  return {
    shape,
    data: Float64Array.from({ length: elementCount(shape) }, (_, i) => Math.fround(Math.sin(i * 12.9 + phase))),
  };
}

/** What one op makes of its inputs. */
function compute(choice: KernelChoice, node: NodeDef, inputs: readonly Tensor64[]): Promise<Tensor64> {
  return withKernels(choice, async (kernels) => {
    const result = kernels.get(node.op)?.({ file: "graph", node, inputs }) ?? [];
    const [only] = "data" in result ? [result] : "next" in result ? [finishNow(result)] : result;
    if (only === undefined) throw new Error(`${node.op}: no result`);
    return only;
  });
}

const tensorsHeld = () => withBackend("tfjs-wasm", async ({ core }) => core.memory().numTensors);

/** The same shape from both kernels, and values apart as float32 rounds sums of `terms` products of numbers up to 1. */
async function expectAgreement(node: NodeDef, inputs: readonly Tensor64[], terms: number): Promise<void> {
  const before = await tensorsHeld();
  const exact = await compute("float64", node, inputs);
  const found = await compute("tfjs", node, inputs);
  expect(found.shape).toEqual(exact.shape);
  expect(found.data.length).toBe(exact.data.length);
  // Higham 2002, section 3.1: each of up to `terms` roundings moves a sum of at most `terms` by at most 2^-24 of it.
  const bound = terms * (terms + 1) * 2 ** -24;
  if (exact.data.length > 0) expect(difference(found, exact).maxAbs).toBeLessThanOrEqual(bound);
  expect(await tensorsHeld()).toBe(before);
}

test("convolutions of any stride, dilation and padding", async () => {
  const step = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }));
  const sizes = fc.record({
    n: fc.integer({ min: 1, max: 2 }),
    h: fc.integer({ min: 7, max: 12 }),
    c: fc.constantFrom(1, 3, 8),
  });
  const kernel = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }), fc.constantFrom(1, 5, 8));
  const pads = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 4, maxLength: 4 });
  const padding = fc.constantFrom("SAME", "VALID", "EXPLICIT");
  await fc.assert(
    fc.asyncProperty(
      sizes,
      kernel,
      step,
      step,
      padding,
      pads,
      async ({ n, h, c }, [kh, kw, out], strides, dilations, name, around) => {
        const node = nodeOf("Conv2D", {
          strides: [1, ...strides, 1],
          dilations: [1, ...dilations, 1],
          padding: name,
          ...(name === "EXPLICIT" && { explicit_paddings: [0, 0, ...around, 0, 0] }),
        });
        await expectAgreement(node, [wave([n, h, h + 1, c], 0), wave([kh, kw, c, out], 1)], kh * kw * c);
      },
    ),
    { numRuns: 150 },
  );
});

describe.each([false, true])("products, the first transposed: %s", (first) => {
  test.each([false, true])("the second transposed: %s", async (second) => {
    const [a, b] = [first ? [20, 9] : [9, 20], second ? [17, 20] : [20, 17]];
    await expectAgreement(nodeOf("MatMul", { transpose_a: first, transpose_b: second }), [wave(a, 0), wave(b, 1)], 20);
    for (const [left, right] of [
      [
        [2, 3],
        [2, 3],
      ],
      [[3], [2, 1]],
      [[], []],
      [[1], [1]],
    ] as const) {
      const inputs = [wave([...left, ...a], 0), wave([...right, ...b], 1)];
      await expectAgreement(nodeOf("BatchMatMulV2", { adj_x: first, adj_y: second }), inputs, 20);
    }
  });
});

test("softmax", async () => {
  for (const shape of [[9], [3, 5], [2, 4, 4, 10], [0, 3]])
    await expectAgreement(nodeOf("Softmax", {}), [wave(shape, 0)], 4);
});

test("numbers that are none stay none", async () => {
  const x = wave([9, 9], 0);
  x.data[40] = Number.NaN;
  for (const [op, shape] of [
    ["MatMul", [9, 9]],
    ["Softmax", [9, 9]],
    ["Conv2D", [1, 9, 9, 1]],
  ] as const) {
    const filter = wave([3, 3, 1, 1], 1);
    const inputs = [{ shape, data: x.data }, op === "Conv2D" ? filter : wave([9, 9], 1)];
    const { data } = await compute("tfjs", nodeOf(op, { padding: "SAME" }), inputs);
    expect(data[40], op).toBeNaN();
    expect(data[0], op).not.toBeNaN();
  }
});

test("integers are multiplied as integers", async () => {
  // DT_INT32, and numbers that float32 rounds.
  const node = { ...nodeOf("MatMul", {}), encoded: field(5, joined(field(1, "T"), field(2, [6 * 8, 3]))) };
  const x: Tensor64 = { shape: [9, 9], data: new Float64Array(81).fill(2 ** 24 + 1) };
  const y: Tensor64 = { shape: [9, 9], data: new Float64Array(81).fill(1) };
  expect((await compute("tfjs", node, [x, y])).data[0]).toBe(9 * (2 ** 24 + 1));
});

test("inputs that do not fit are refused in the same words", async () => {
  const cases: [NodeDef, Shape, Shape][] = [
    [nodeOf("MatMul", {}), [9, 10], [11, 9]],
    [nodeOf("BatchMatMulV2", { adj_y: true }), [2, 9, 10], [3, 9, 10]],
    [nodeOf("Conv2D", { padding: "SAME" }), [1, 4, 4, 3], [3, 3, 2, 5]],
    [nodeOf("Conv2D", { padding: "VALID" }), [1, 2, 2, 3], [5, 5, 3, 1]],
  ];
  for (const [node, a, b] of cases) {
    const [exact, found] = await Promise.all(
      (["float64", "tfjs"] as const).map((choice) =>
        compute(choice, node, [wave(a, 0), wave(b, 1)]).then(
          () => "a result",
          (error: unknown) => (error instanceof FormatError ? error.message : error),
        ),
      ),
    );
    expect(exact).toMatch(/^graph: node node/);
    expect(found).toBe(exact);
  }
});
