import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { toFloat32 } from "../../src/core/tensor.js";
import { GraphBuilder } from "../../src/graph/builder.js";
import type { Graph } from "../../src/graph/graph.js";
import { lowerToTfjs } from "../../src/lowering/tfjs-graph.js";
import { generatorGraph, publishedConfig, standardTruncationGrid } from "../../src/models/generator.js";
import { randomInputs, randomParameters, smallBigGan } from "../helpers/small-generators.js";
import { modelOf } from "../helpers/tfjs-model.js";

const RESOLUTIONS = [128, 256, 512] as const;
const FAMILIES = ["biggan", "biggan-deep"] as const;

/** Only operations that tfjs-converter 4.22 executes; Const is looked up, never executed. */
const OPERATIONS = new Set(
  "AddV2 BatchMatMulV2 ConcatV2 Const Conv2D MatMul MaxPool Maximum Minimum Mul Placeholder Relu ResizeNearestNeighbor Reshape Rsqrt Slice Softmax Sub Tanh _FusedConv2D _FusedMatMul".split(
    " ",
  ),
);

describe("a lowered generator", () => {
  test.each(FAMILIES.flatMap((family) => RESOLUTIONS.map((resolution) => [family, resolution] as const)))(
    "%s %i: inputs stand before users, every parameter is a weight, every layer a node of its own",
    (family, resolution) => {
      const graph = generatorGraph(publishedConfig(family, resolution));
      const lowered = lowerToTfjs(graph);
      const seen = new Set<string>();
      for (const node of lowered.modelTopology.node) {
        expect(OPERATIONS).toContain(node.op);
        for (const input of node.input) expect(seen).toContain(input);
        seen.add(node.name);
      }
      const parameters = lowered.weights.flatMap(({ source }) => (source.kind === "parameter" ? source.parameter : []));
      expect(new Set(parameters)).toEqual(new Set(graph.parameters.keys()));
      expect(parameters).toHaveLength(graph.parameters.size);
      expect([...lowered.layerNodes.keys()]).toEqual([...graph.layers.keys()]);
      expect(new Set(lowered.layerNodes.values()).size).toBe(graph.layers.size);
      for (const node of lowered.layerNodes.values()) expect(seen).toContain(node);
    },
  );

  test("has the contract's signature", () => {
    const { signature, layerNodes } = lowerToTfjs(generatorGraph(publishedConfig("biggan-deep", 128)));
    const info = (name: string, ...sizes: string[]) => {
      return { name, dtype: "DT_FLOAT", tensorShape: { dim: sizes.map((size) => ({ size })) } };
    };
    expect(signature).toEqual({
      inputs: { z: info("z:0", "-1", "128"), y: info("y:0", "-1", "1000"), truncation: info("truncation:0") },
      outputs: { image: info(`${layerNodes.get("image")}:0`, "-1", "128", "128", "3") },
    });
  });

  test("is the same every time", () => {
    expect(JSON.stringify(lowerToTfjs(smallBigGan()))).toBe(JSON.stringify(lowerToTfjs(smallBigGan())));
  });
});

describe("attention", () => {
  const softmaxes = (graph: Graph, maxScoreBytes?: number) =>
    lowerToTfjs(graph, maxScoreBytes === undefined ? {} : { maxScoreBytes }).modelTopology.node.filter(
      (node) => node.op === "Softmax",
    ).length;

  test("is cut in four for biggan-256, whose scores take 256 MiB, and whole for the others", () => {
    expect(softmaxes(generatorGraph(publishedConfig("biggan", 256)))).toBe(4);
    expect(softmaxes(generatorGraph(publishedConfig("biggan", 512)))).toBe(1);
    expect(softmaxes(generatorGraph(publishedConfig("biggan-deep", 512)))).toBe(1);
  });

  test.each([64, 256, 1024])("in parts of %i bytes of scores gives what it gives whole", async (maxScoreBytes) => {
    const graph = smallBigGan();
    expect(softmaxes(graph, maxScoreBytes)).toBe(Math.max(1, 4096 / maxScoreBytes));
    const { z, y } = randomInputs(graph, 2, 1);
    const [zs, ys] = [toFloat32(z.data), toFloat32(y.data)];
    const images: Float32Array[] = [];
    for (const options of [{}, { maxScoreBytes }]) {
      const model = await modelOf(lowerToTfjs(graph, options), randomParameters(graph));
      const feeds = { z: tf.tensor2d(zs, [2, 12]), y: tf.tensor2d(ys, [2, 3]), truncation: tf.scalar(1) };
      const image = model.predict(feeds);
      if (image instanceof tf.Tensor) images.push(Float32Array.from(image.dataSync()));
      model.dispose();
    }
    expect(images).toHaveLength(2);
    expect(images[1]).toEqual(images[0]);
  });
});

describe("truncation weights in float32", () => {
  const weightsAt = async (grid: readonly number[], truncations: readonly number[]): Promise<number[][]> => {
    const g = new GraphBuilder();
    const [z, y] = [g.input("z", [-1, 1]), g.input("y", [-1, 1])];
    g.layer("image", g.truncationWeights(g.input("truncation", []), grid));
    expect([z.id, y.id]).toEqual([0, 1]);
    const graph = g.build({ name: "weights", role: "generator", zDim: 1, classes: 1, resolution: 1 });
    const model = await modelOf(lowerToTfjs(graph), { read: () => Promise.reject(new Error("no parameters")) });
    const rows = truncations.map((t) =>
      tf.tidy(() => {
        const feeds = { z: tf.zeros([1, 1]), y: tf.zeros([1, 1]), truncation: tf.scalar(Math.fround(t)) };
        const weights = model.execute(feeds, "image");
        return weights instanceof tf.Tensor ? [...weights.dataSync()] : [];
      }),
    );
    model.dispose();
    return rows;
  };

  beforeAll(() => tf.setBackend("cpu"));

  test.each([50, 51, 1])("on the grid of %i rows: 1 for the row, 0 for the others", async (rows) => {
    const grid = standardTruncationGrid(rows) ?? [];
    for (const [row, weights] of (await weightsAt(grid, grid)).entries()) {
      const off = weights.map((weight, index) => Math.abs(weight - (index === row ? 1 : 0)));
      expect(Math.max(...off), `row ${row}`).toBeLessThanOrEqual(2 ** -23);
      expect(weights.filter((weight) => weight !== 0)).toHaveLength(1);
    }
  });

  test("outside the grid: the first or the last row", async () => {
    const grid = standardTruncationGrid(50) ?? [];
    const [below, above, far] = await weightsAt(grid, [0, 1.5, -3]);
    expect(below).toEqual(far);
    expect(below?.findIndex((weight) => weight !== 0)).toBe(0);
    expect(below?.[0]).toBeCloseTo(1, 6);
    expect(above?.[49]).toBeCloseTo(1, 6);
    expect(above?.filter((weight) => weight !== 0)).toHaveLength(1);
  });

  test("between two points: linear, two rows, summing to 1", async () => {
    const grid = standardTruncationGrid(51) ?? [];
    const truncations = fc.sample(fc.double({ min: 0, max: 1, noNaN: true }), { numRuns: 200, seed: 1 });
    for (const [index, weights] of (await weightsAt(grid, truncations)).entries()) {
      const t = Math.fround(truncations[index] ?? 0);
      const expected = grid.map((point) => Math.max(0, 1 - Math.abs(t - point) * 50));
      weights.forEach((weight, row) => {
        // Grid points are off by up to 3e-8 in float32, which is 1.5e-6 of their distance of 0.02.
        expect(Math.abs(weight - (expected[row] ?? 0))).toBeLessThan(3e-6);
      });
      expect(Math.abs(weights.reduce((sum, weight) => sum + weight, 0) - 1)).toBeLessThan(1e-6);
    }
  });
});
