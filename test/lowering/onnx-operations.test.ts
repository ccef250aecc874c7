import { join } from "node:path";
import { InferenceSession, Tensor as OrtTensor } from "onnxruntime-node";
import { expect, test } from "vitest";
import { toFloat32 } from "../../src/core/tensor.js";
import { exportOnnx } from "../../src/export/onnx.js";
import { openReference } from "../../src/runtime/reference/open-reference.js";
import { layerOf } from "../../src/runtime/runtime.js";
import { operationGraph, REWRITTEN_OPERATIONS } from "../helpers/operation-graph.js";
import { largestDifference, randomInputs, randomParameters } from "../helpers/small-generators.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

test.each(REWRITTEN_OPERATIONS)("%s in onnxruntime gives what the reference gives, at any batch", async (_, each) => {
  const graph = operationGraph(each);
  const parameters = randomParameters(graph);
  const folder = await temporaryFolder();
  await exportOnnx(graph, parameters, folder);
  const session = await InferenceSession.create(join(folder, "model.onnx"), { intraOpNumThreads: 1 });
  await using reference = await openReference(graph, parameters);
  for (const count of [1, 3]) {
    const inputs = randomInputs(graph, count, 1);
    const expected = layerOf(await reference.run(inputs), "image");
    const feed = ({ data, shape }: typeof inputs.z) => new OrtTensor("float32", toFloat32(data), shape);
    const { image } = await session.run({ z: feed(inputs.z), y: feed(inputs.y) });
    const data = image?.data;
    if (!(data instanceof Float32Array)) throw new Error("expected a float32 tensor");
    expect(image?.dims).toEqual(expected.shape);
    expect(largestDifference({ shape: expected.shape, data: Float32Array.from(data) }, expected)).toBeLessThan(1e-5);
  }
  await session.release();
});
