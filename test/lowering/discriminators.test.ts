import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { toFloat32 } from "../../src/core/tensor.js";
import { lowerToOnnx } from "../../src/lowering/onnx-graph.js";
import { lowerToTfjs } from "../../src/lowering/tfjs-graph.js";
import { openRuntime } from "../../src/runtime/backends.js";
import { openReference } from "../../src/runtime/reference/open-reference.js";
import { layerOf } from "../../src/runtime/runtime.js";
import { randomPictures, smallDeepDiscriminator, smallDiscriminator } from "../helpers/small-discriminators.js";
import { largestDifference, largestMagnitude, randomParameters } from "../helpers/small-generators.js";
import { modelOf } from "../helpers/tfjs-model.js";

describe.each([
  ["BigGAN", smallDiscriminator()],
  ["BigGAN-deep", smallDeepDiscriminator()],
])("a small discriminator of %s with random weights", (_, graph) => {
  const parameters = randomParameters(graph);

  test("on tfjs gives what the reference gives, at any batch", async () => {
    await using reference = await openReference(graph, parameters);
    const model = await modelOf(lowerToTfjs(graph), parameters);
    for (const count of [1, 3]) {
      const { x, y } = randomPictures(graph, count);
      const expected = layerOf(await reference.run({ x, y }), "logits");
      const feeds = {
        x: tf.tensor4d(toFloat32(x.data), [count, 16, 16, 3]),
        y: tf.tensor2d(toFloat32(y.data), [count, 3]),
      };
      const logits = model.predict(feeds);
      if (!(logits instanceof tf.Tensor)) throw new Error("expected one tensor");
      expect(logits.shape).toEqual([count, 1]);
      const found = { shape: logits.shape, data: Float32Array.from(await logits.data<"float32">()) };
      expect(largestDifference(found, expected)).toBeLessThan(1e-5 * largestMagnitude(expected));
    }
    model.dispose();
  });

  test("on onnxruntime gives every layer that the reference gives", async () => {
    const taps = [...graph.layers.keys()];
    const inputs = randomPictures(graph, 3);
    await using reference = await openReference(graph, parameters);
    await using onnx = await openRuntime("ort-cpu", graph, parameters);
    const [expected, found] = [await reference.run(inputs, { taps }), await onnx.run(inputs, { taps })];
    for (const layer of taps) {
      const [a, b] = [layerOf(expected, layer), layerOf(found, layer)];
      expect(b.shape).toEqual(a.shape);
      expect(largestDifference(a, b), layer).toBeLessThan(1e-5 * largestMagnitude(a));
    }
  });

  test("says in ONNX what comes in and what goes out", () => {
    const { inputs, outputs } = lowerToOnnx(graph);
    expect(inputs.map(({ name, shape }) => [name, shape])).toEqual([
      ["x", ["n", 16, 16, 3]],
      ["y", ["n", 3]],
    ]);
    expect(outputs.map(({ name, shape }) => [name, shape])).toEqual([["logits", ["n", 1]]]);
  });
});
