import { describe, expect, it } from "vitest";
import type { ParameterSource } from "../../../src/core/parameter-source.js";
import { elementCount, type FloatArray, type Tensor } from "../../../src/core/tensor.js";
import type { GraphBuilder, Image } from "../../../src/graph/builder.js";
import type { Graph } from "../../../src/graph/graph.js";
import { type Arithmetic, FLOAT32_CPU, FLOAT64 } from "../../../src/parity/budget/arithmetic.js";
import { layerBudgets } from "../../../src/parity/budget/layer-budgets.js";
import { carryThrough } from "../../../src/parity/budget/product.js";
import { lineSquare, roundingVariance, summationVariance } from "../../../src/parity/budget/rounding.js";
import { difference } from "../../../src/parity/measures.js";
import { openReference } from "../../../src/runtime/reference/open-reference.js";
import { finishNow } from "../../../src/runtime/reference/turns.js";
import { layerOf } from "../../../src/runtime/runtime.js";
import { operationGraph, REWRITTEN_OPERATIONS } from "../../helpers/operation-graph.js";
import { imageGraph } from "../../helpers/single-layer.js";
import { randomNumbers } from "../../helpers/small-generators.js";

const SIDE = 6;
const CHANNELS = 16;
const ROWS = 4;

/** Inputs are rounded to 10 bits, and single results are assumed to be; sums and functions are exact. */
const NOISE = 2 ** -10;
const NOISY_INPUTS: Arithmetic = {
  ...FLOAT64,
  unitRoundoff: NOISE,
  ulps: { ...FLOAT64.ulps, rsqrt: 0, exp: { constant: 0, slope: 0 }, tanh: { relative: 0, absolute: 0 } },
};

const noisy = (values: FloatArray, seed: number) =>
  randomNumbers(values.length, seed).map((noise, i) => (values[i] ?? 0) * (1 + noise * NOISE));

const parametersOf = (graph: Graph): ParameterSource => ({
  async read(name) {
    const shape = graph.parameters.get(name)?.shape ?? [];
    // Exact in float32, so that no format has to round them.
    return Float32Array.from(
      randomNumbers(elementCount(shape), name.length),
      (w) => w / Math.sqrt(elementCount(shape.slice(0, -1))),
    );
  },
});

async function evaluateImage(graph: Graph, z: FloatArray): Promise<Tensor> {
  await using runtime = await openReference(graph, parametersOf(graph));
  const y: Tensor = { shape: [ROWS, 1], data: new Float32Array(ROWS) };
  return layerOf(await runtime.run({ z: { shape: [ROWS, z.length / ROWS], data: z }, y, truncation: 1 }), "image");
}

/** Root mean square of what noise in the inputs makes of the image, over that which the rules foresee, less what they take rounding for. */
async function foreseen(body: (g: GraphBuilder, x: Image) => Image): Promise<number> {
  return await foreseenIn(imageGraph(SIDE, CHANNELS, body));
}

async function foreseenIn(graph: Graph): Promise<number> {
  const z = randomNumbers(ROWS * graph.zDim, 77);
  const exact = await evaluateImage(graph, z);
  const changed = await evaluateImage(graph, noisy(z, 78));
  const inputs = {
    z: { shape: [ROWS, z.length / ROWS], data: z },
    y: { shape: [ROWS, 1], data: new Float32Array(ROWS) },
    truncation: 1,
  };
  const budgets = await layerBudgets(graph, parametersOf(graph), inputs, NOISY_INPUTS);
  return difference(exact, changed).rms / (budgets.get("image")?.sigma ?? Number.NaN);
}

/** The same of noise in the weights, which are rounded to 10 bits; all else is exact. */
async function foreseenOfWeights(graph: Graph): Promise<number> {
  const z = randomNumbers(ROWS * graph.zDim, 77);
  const weights = (change: (values: FloatArray) => Float64Array<ArrayBuffer>): ParameterSource => ({
    read: async (name) => change(await parametersOf(graph).read(name)),
  });
  const inputs = {
    z: { shape: [ROWS, graph.zDim], data: z },
    y: { shape: [ROWS, 1], data: new Float32Array(ROWS) },
    truncation: 1,
  };
  const imageWith = async (parameters: ParameterSource) => {
    await using runtime = await openReference(graph, parameters);
    return layerOf(await runtime.run(inputs), "image");
  };
  const exact = weights((values) => Float64Array.from(values));
  const rounded = weights((values) => noisy(values, 79));
  const budgets = await layerBudgets(graph, exact, inputs, {
    ...FLOAT64,
    weightRoundoff: NOISE,
    folding: { lanes: 1, allowance: 0 },
  });
  return difference(await imageWith(exact), await imageWith(rounded)).rms / (budgets.get("image")?.sigma ?? Number.NaN);
}

function dotOfSums(g: GraphBuilder, x: Image) {
  const sums = g.sumPool(g.relu(x));
  return g.rowDot(g.linear("l", sums, CHANNELS, { bias: false }), sums);
}

describe("how errors pass through an operation", () => {
  it.each<[string, (g: GraphBuilder, x: Image) => Image]>([
    ["nothing", (_, x) => x],
    ["relu", (g, x) => g.relu(x)],
    ["upsample", (g, x) => g.upsample(x)],
    ["max pool", (g, x) => g.maxPool(x)],
    ["first channels", (g, x) => g.channels(x, 5)],
  ])("%s: as foreseen", async (_, body) => {
    expect(await foreseen(body)).toBeGreaterThan(0.8);
    expect(await foreseen(body)).toBeLessThan(1.25);
  });

  it.each<[string, (g: GraphBuilder, x: Image) => Image]>([
    ["1x1 convolution", (g, x) => g.conv("c", x, 24, 1)],
    ["3x3 convolution", (g, x) => g.conv("c", x, 24, 3)],
    ["3x3 convolution of an upsampled image", (g, x) => g.conv("c", g.upsample(x), 24, 3)],
    ["two convolutions", (g, x) => g.conv("d", g.relu(g.conv("c", x, 24, 3)), 8, 3)],
    ["tanh", (g, x) => g.tanh(x)],
    ["sum", (g, x) => g.add(x, g.conv("c", x, CHANNELS, 1))],
    ["attention", (g, x) => g.selfAttention("a", x)],
    ["average pool", (g, x) => g.averagePool(x)],
    ["average pool of a convolution", (g, x) => g.averagePool(g.conv("c", x, 24, 3))],
    ["channels side by side", (g, x) => g.concatChannels([x, g.conv("c", x, 8, 3)])],
    ["sum over positions", (g, x) => g.toImage(g.sumPool(g.relu(x)), 1, CHANNELS)],
    ["sum over positions of an upsampled image", (g, x) => g.toImage(g.sumPool(g.upsample(x)), 1, CHANNELS)],
    ["dot product of rows", (g, x) => g.toImage(dotOfSums(g, x), 1, 1)],
  ])("%s: at most what is foreseen, and of that size", async (_, body) => {
    const ratio = await foreseen(body);
    expect(ratio).toBeLessThan(1.1);
    expect(ratio).toBeGreaterThan(0.1);
  });
});

describe("how errors of weights pass through", () => {
  it("a convolution and the sum over its positions, where they add up", async () => {
    const graph = imageGraph(SIDE, CHANNELS, (g, x) => g.toImage(g.sumPool(g.conv("c", g.relu(x), 24, 3)), 1, 24));
    const ratio = await foreseenOfWeights(graph);
    expect(ratio).toBeLessThan(1.1);
    expect(ratio).toBeGreaterThan(0.25);
  });
});

describe("how errors pass through an operation of rewritten graphs", () => {
  it.each(REWRITTEN_OPERATIONS)("%s: at most what is foreseen, and of that size", async (_, each) => {
    const ratio = await foreseenIn(operationGraph(each));
    expect(ratio).toBeLessThan(1.25);
    expect(ratio).toBeGreaterThan(0.1);
  });
});

describe("rounding of a sum in float32", () => {
  it.each([
    ["of both signs", 0, 0],
    ["all positive", 1, 0],
    ["of both signs, after a large start", 0, 20],
  ])("products %s", (_, shift, start) => {
    const terms = 256;
    const sums = 400;
    let [errors, squares, products, total] = [0, 0, 0, 0];
    for (let sum = 0; sum < sums; sum++) {
      const x = randomNumbers(terms, sum).map((value) => value + shift);
      const w = randomNumbers(terms, 9000 + sum).map((value) => value + shift);
      let [exact, rounded] = [start, Math.fround(start)];
      for (let k = 0; k < terms; k++) {
        const product = (x[k] ?? 0) * (w[k] ?? 0);
        exact += product;
        rounded = Math.fround(rounded + product);
        products += product ** 2 / sums;
      }
      errors += (rounded - exact) ** 2 / sums;
      squares += exact ** 2 / sums;
      total += exact / sums;
    }
    const rho2 = roundingVariance(FLOAT32_CPU.unitRoundoff);
    const foreseenVariance = summationVariance(rho2, terms, lineSquare(start, total, squares), products);
    const ratio = Math.sqrt(errors / foreseenVariance);
    expect(ratio).toBeLessThan(1);
    expect(ratio).toBeGreaterThan(0.4);
  });
});

describe("variances through a filter", () => {
  const data = Float64Array.from([1, 2, 3, 4, -1, 2, 0.5, -4]);
  const filter = { data, taps: 2, in: 2, out: 2 };

  it("adds squares where the taps see independent errors, and squares the sum where they see the same", () => {
    const variances = Float64Array.from([1, 10]);
    const [independent, shared] = finishNow(
      carryThrough(filter, 1, [
        { variances, between: "independent" },
        { variances, between: "shared" },
      ]),
    );
    // Input 0 reaches output 0 by taps 1 and -1, output 1 by 2 and 2; input 1 by 3 and 0.5, and by 4 and -4.
    expect([...(independent ?? [])]).toEqual([1 + 1 + 10 * (9 + 0.25), 4 + 4 + 10 * (16 + 16)]);
    expect([...(shared ?? [])]).toEqual([2 + 10 * 3.5 ** 2, 16 + 10 * 32]);
  });
});
