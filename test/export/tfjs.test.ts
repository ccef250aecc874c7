import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import { loadGraphModel } from "@tensorflow/tfjs-converter";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { ExportError, InterruptedError } from "../../src/core/errors.js";
import { toFloat32 } from "../../src/core/tensor.js";
import { exportTfjs } from "../../src/export/tfjs.js";
import type { ExportedFile } from "../../src/export/written-file.js";
import { SHARD_BYTES } from "../../src/formats/tfjs/shard-size.js";
import { GraphBuilder } from "../../src/graph/builder.js";
import type { Graph } from "../../src/graph/graph.js";
import { openReference } from "../../src/runtime/reference/open-reference.js";
import { layerOf } from "../../src/runtime/runtime.js";
import {
  largestDifference,
  randomInputs,
  randomParameters,
  smallBigGan,
  smallBigGanDeep,
} from "../helpers/small-generators.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";
import { fileHandler } from "../helpers/tfjs-files.js";

beforeAll(() => tf.enableProdMode());

/** 9.6 MB of weights in three tensors, the middle one larger than a shard: shards that end inside tensors. */
function wideGraph(): Graph {
  const g = new GraphBuilder();
  const z = g.input("z", [-1, 1000]);
  const y = g.input("y", [-1, 10]);
  const embedded = g.linear("embed", y, 500, { bias: false });
  const stem = g.linear("stem", g.concat([z, embedded]), 4 * 4 * 100, { bias: true });
  g.layer("image", g.tanh(g.conv("rgb", g.toImage(stem, 4, 100), 3, 3)));
  return g.build({ name: "wide", role: "generator", zDim: 1000, classes: 10, resolution: 4 });
}

async function imageOf(folder: string, backend: "cpu" | "wasm", graph: Graph, truncation: number) {
  await tf.setBackend(backend);
  expect(tf.getBackend()).toBe(backend);
  const { z, y } = randomInputs(graph, 2, truncation);
  const model = await loadGraphModel(fileHandler(folder));
  const image = tf.tidy(() => {
    const feeds = {
      z: tf.tensor2d(toFloat32(z.data), [2, graph.zDim]),
      y: tf.tensor2d(toFloat32(y.data), [2, graph.classes]),
      truncation: tf.scalar(truncation),
    };
    const result = model.predict(feeds);
    if (!(result instanceof tf.Tensor)) throw new Error("expected one output");
    return { shape: result.shape, data: Float32Array.from(result.dataSync()) };
  });
  model.dispose();
  return image;
}

describe("an exported model in the plain tf.loadGraphModel", () => {
  test.each([
    ["biggan", "cpu", smallBigGan],
    ["biggan", "wasm", smallBigGan],
    ["biggan-deep", "cpu", smallBigGanDeep],
    ["biggan-deep", "wasm", smallBigGanDeep],
  ] as const)("%s on %s gives the reference's image", async (_, backend, make) => {
    const graph = make();
    const folder = await temporaryFolder();
    await exportTfjs(graph, randomParameters(graph), folder);
    await using reference = await openReference(graph, randomParameters(graph));
    const expected = layerOf(await reference.run(randomInputs(graph, 2, 0.6)), "image");
    const found = await imageOf(folder, backend, graph, 0.6);
    expect(found.shape).toEqual(expected.shape);
    expect(largestDifference(found, expected)).toBeLessThan(2e-5);
  });
});

describe("exported files", () => {
  test("are the ones reported, shards of at most 4 MiB, bytes in manifest order without gaps", async () => {
    const graph = wideGraph();
    const folder = await temporaryFolder();
    const told: ExportedFile[] = [];
    const progress: [number, number][] = [];
    const files = await exportTfjs(graph, randomParameters(graph), folder, {
      onFile: (file) => told.push(file),
      onProgress: (done, total) => progress.push([done, total]),
    });
    expect(told).toEqual(files);
    expect(files.map((file) => file.path)).toEqual([
      "group1-shard1of3.bin",
      "group1-shard2of3.bin",
      "group1-shard3of3.bin",
      "model.json",
    ]);
    expect((await readdir(folder)).sort()).toEqual(files.map((file) => file.path).sort());
    const contents: Buffer[] = [];
    for (const { path, bytes, sha256 } of files) {
      const content = await readFile(join(folder, path));
      expect(content.byteLength).toBe(bytes);
      expect(createHash("sha256").update(content).digest("hex")).toBe(sha256);
      contents.push(content);
    }
    const shards = contents.slice(0, -1);
    expect(shards.slice(0, -1).every((shard) => shard.byteLength === SHARD_BYTES)).toBe(true);
    const all = Buffer.concat(shards);
    expect(progress.at(-1)).toEqual([all.byteLength, all.byteLength]);

    const model = JSON.parse(contents.at(-1)?.toString() ?? "");
    let offset = 0;
    for (const { name, shape } of model.weightsManifest[0].weights) {
      const bytes = shape.reduce((product: number, extent: number) => product * extent, 4);
      if (graph.parameters.has(name)) {
        const expected = Float32Array.from(await randomParameters(graph).read(name));
        expect(all.subarray(offset, offset + bytes).equals(Buffer.from(expected.buffer)), name).toBe(true);
      }
      offset += bytes;
    }
    expect(offset).toBe(all.byteLength);
  });

  test("are the same bytes every time", async () => {
    const graph = smallBigGanDeep();
    const runs = [await temporaryFolder(), await temporaryFolder()];
    const [first, second] = await Promise.all(runs.map((run) => exportTfjs(graph, randomParameters(graph), run)));
    expect(first).toEqual(second);
  });

  test("stop when aborted, and then hold no model.json", async () => {
    const graph = wideGraph();
    const folder = await temporaryFolder();
    const stop = new AbortController();
    const writing = exportTfjs(graph, randomParameters(graph), folder, {
      signal: stop.signal,
      onFile: () => stop.abort(),
    });
    await expect(writing).rejects.toThrow(InterruptedError);
    expect(await readdir(folder)).not.toContain("model.json");
  });

  test("cannot go where a file is in the way", async () => {
    const folder = await temporaryFolder();
    const inTheWay = join(folder, "taken");
    await writeFile(inTheWay, "");
    const graph = smallBigGan();
    const writing = exportTfjs(graph, randomParameters(graph), join(inTheWay, "tfjs"));
    await expect(writing).rejects.toThrow(ExportError);
  });
});
