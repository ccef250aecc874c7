import { join } from "node:path";
import { InferenceSession, Tensor as OrtTensor } from "onnxruntime-node";
import { expect, test } from "vitest";
import { type Tensor, toFloat32 } from "../../src/core/tensor.js";
import { exportOnnx } from "../../src/export/onnx.js";
import type { Graph } from "../../src/graph/graph.js";
import { lowerToOnnx, type OnnxCompute } from "../../src/lowering/onnx-graph.js";
import { compareQuality } from "../../src/precision/quality.js";
import { inputsOfCases, qualityCases } from "../../src/precision/quality-cases.js";
import { measureRanges } from "../../src/precision/ranges.js";
import { evaluate } from "../../src/runtime/evaluate.js";
import { openReference } from "../../src/runtime/reference/open-reference.js";
import { layerOf } from "../../src/runtime/runtime.js";
import { PRODUCT_LIMIT } from "../../src/storage/int8.js";
import { uniformPlan } from "../../src/storage/plan.js";
import { randomParameters, smallBigGan, smallBigGanDeep } from "../helpers/small-generators.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

const calibration = { count: 12, seed: 1, truncation: 0.6 };
const fresh = { count: 4, seed: 100, truncation: 0.6 };

async function drawn(graph: Graph, compute: OnnxCompute): Promise<Tensor> {
  const folder = await temporaryFolder();
  await exportOnnx(graph, randomParameters(graph), folder, { compute });
  const session = await InferenceSession.create(join(folder, "model.onnx"), { intraOpNumThreads: 1 });
  const { z, y } = inputsOfCases(graph, qualityCases(graph, fresh));
  const { image } = await session.run({
    z: new OrtTensor("float32", toFloat32(z.data), z.shape),
    y: new OrtTensor("float32", toFloat32(y.data), y.shape),
    truncation: new OrtTensor("float32", [0.6], []),
  });
  const data = image?.data;
  if (!(data instanceof Float32Array)) throw new Error("expected a float32 image");
  return { shape: image?.dims ?? [], data: Float32Array.from(data) };
}

async function qualityOf(graph: Graph, compute: OnnxCompute) {
  const cases = qualityCases(graph, fresh);
  await using reference = await openReference(graph, randomParameters(graph));
  const wanted = layerOf(await evaluate(reference, inputsOfCases(graph, cases)), "image");
  return compareQuality(wanted, await drawn(graph, compute), cases).psnr.overall;
}

const int8 = async (graph: Graph, spared: readonly string[] = []): Promise<OnnxCompute> => ({
  type: "int8",
  ranges: await measureRanges(graph, randomParameters(graph), {
    backend: "tfjs-cpu",
    cases: qualityCases(graph, calibration),
  }),
  spared: new Set(spared),
});

test.each([
  ["biggan", smallBigGan],
  ["biggan-deep", smallBigGanDeep],
] as const)("%s with convolutions in int8 draws nearly the same on onnxruntime", async (_, make) => {
  const graph = make();
  expect(await qualityOf(graph, await int8(graph))).toBeGreaterThan(30);
});

test("a convolution that is spared stays as it is; all spared is float32", async () => {
  const graph = smallBigGan();
  const convolutions = graph.nodes.flatMap(({ name, operation }) => (operation.op === "conv2d" ? [name] : []));
  const count = (spared: readonly string[], compute: OnnxCompute) =>
    lowerToOnnx(graph, { compute }).nodes.filter(({ opType }) => opType === "QuantizeLinear").length - spared.length;
  const all = await int8(graph);
  expect(count([], all)).toBeGreaterThan(convolutions.length);
  const none = await int8(graph, convolutions);
  expect(lowerToOnnx(graph, { compute: none })).toEqual(lowerToOnnx(graph));
});

test("filters that are multiplied as integers have the codes that no processor saturates with, others all codes", async () => {
  const graph = smallBigGan();
  const plan = uniformPlan(graph, "int8");
  const { weights } = lowerToOnnx(graph, { plan, compute: await int8(graph) });
  const limits = new Map(
    weights.flatMap(({ source }) => (source.kind === "parameter" ? [[source.parameter, source.limit] as const] : [])),
  );
  expect(limits.get("block0.conv0.w")).toBe(PRODUCT_LIMIT);
  expect(limits.get("stem.w")).toBeUndefined();
});

test.each([
  ["biggan", smallBigGan],
  ["biggan-deep", smallBigGanDeep],
] as const)("%s with images in float16 draws nearly the same on onnxruntime", async (_, make) => {
  const graph = make();
  expect(await qualityOf(graph, { type: "float16", spared: new Set() })).toBeGreaterThan(60);
});

test("a node at risk is between casts to float32 and back", () => {
  const graph = smallBigGan();
  const spared = new Set(["block0.conv0.conv2d"]);
  const { nodes } = lowerToOnnx(graph, { compute: { type: "float16", spared } });
  const before = nodes.find(({ name }) => name === "block0.conv0.conv2d")?.inputs[0];
  expect(before).toMatch(/\/float32$/);
  expect(nodes.some(({ name }) => name === "block0.conv0.conv2d/float16")).toBe(true);
});
