import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { toFloat32 } from "../../src/core/tensor.js";
import { lowerToTfjs } from "../../src/lowering/tfjs-graph.js";
import { generatorGraph, publishedConfig } from "../../src/models/generator.js";
import { attendingApart } from "../../src/passes/attend-apart.js";
import { derivedParameters } from "../../src/passes/derived-parameters.js";
import { parsePasses } from "../../src/passes/parse-passes.js";
import { runPasses } from "../../src/passes/run-passes.js";
import { turnKeys } from "../../src/passes/turn-keys.js";
import { openReference } from "../../src/runtime/reference/open-reference.js";
import { layerOf } from "../../src/runtime/runtime.js";
import { operationGraph, REWRITTEN_OPERATIONS } from "../helpers/operation-graph.js";
import { largestDifference, randomInputs, randomParameters, smallBigGan } from "../helpers/small-generators.js";
import { modelOf } from "../helpers/tfjs-model.js";

test.each(REWRITTEN_OPERATIONS)("%s on tfjs gives what the reference gives, at any batch", async (_, each) => {
  const graph = operationGraph(each);
  const parameters = randomParameters(graph);
  await using reference = await openReference(graph, parameters);
  const model = await modelOf(lowerToTfjs(graph), parameters);
  for (const count of [1, 3]) {
    const inputs = randomInputs(graph, count, 1);
    const expected = layerOf(await reference.run(inputs), "image");
    const image = model.predict({ z: tf.tensor2d(toFloat32(inputs.z.data), [count, graph.zDim]) });
    if (!(image instanceof tf.Tensor)) throw new Error("expected one tensor");
    expect(image.shape).toEqual(expected.shape);
    const found = { shape: image.shape, data: Float32Array.from(await image.data<"float32">()) };
    expect(largestDifference(found, expected)).toBeLessThan(1e-5);
  }
  model.dispose();
});

test("biggan-256 rewritten attends in parts, to keys turned once", () => {
  const { graph } = runPasses(generatorGraph(publishedConfig("biggan", 256)), parsePasses("default", "tfjs"));
  const { node: nodes } = lowerToTfjs(graph).modelTopology;
  // Eight pictures one by one, and those beyond.
  expect(nodes.filter(({ op }) => op === "Softmax")).toHaveLength(9 * 4);
  expect(nodes.filter(({ op, name }) => op === "Transpose" && name.endsWith("/keys"))).toHaveLength(1);
});

test.each([1, 3, 8, 10])("%i pictures that attend apart are what they are together", async (count) => {
  const original = smallBigGan();
  const parameters = randomParameters(original);
  const { z, y } = randomInputs(original, count, 1);
  const images: Float32Array[] = [];
  for (const passes of [[turnKeys], [turnKeys, attendingApart(0)]]) {
    const model = await modelOf(lowerToTfjs(runPasses(original, passes).graph, { maxScoreBytes: 1024 }), parameters);
    const feeds = { z: tf.tensor2d(toFloat32(z.data), [count, 12]), y: tf.tensor2d(toFloat32(y.data), [count, 3]) };
    const image = model.predict({ ...feeds, truncation: tf.scalar(1) });
    if (image instanceof tf.Tensor) images.push(Float32Array.from(image.dataSync()));
    model.dispose();
  }
  expect(images[1]).toHaveLength(count * 16 * 16 * 3);
  expect(images[1]).toEqual(images[0]);
});

test.each([64, 1024])("turned keys in parts of %i bytes of scores give what they give whole", async (maxScoreBytes) => {
  const original = smallBigGan();
  const { graph, derived } = runPasses(original, parsePasses("default", "tfjs"));
  const parameters = derivedParameters(randomParameters(original), derived);
  const { z, y } = randomInputs(graph, 2, 1);
  const images: Float32Array[] = [];
  for (const options of [{}, { maxScoreBytes }]) {
    const model = await modelOf(lowerToTfjs(graph, options), parameters);
    const feeds = { z: tf.tensor2d(toFloat32(z.data), [2, 12]), y: tf.tensor2d(toFloat32(y.data), [2, 3]) };
    const image = model.predict({ ...feeds, truncation: tf.scalar(1) });
    if (image instanceof tf.Tensor) images.push(Float32Array.from(image.dataSync()));
    model.dispose();
  }
  expect(images).toHaveLength(2);
  expect(images[1]).toEqual(images[0]);
});
