import { join } from "node:path";
import { InferenceSession, Tensor as OrtTensor } from "onnxruntime-node";
import { describe, expect, test } from "vitest";
import { type Tensor, toFloat32 } from "../../src/core/tensor.js";
import { exportOnnx } from "../../src/export/onnx.js";
import type { Graph } from "../../src/graph/graph.js";
import { derivedParameters } from "../../src/passes/derived-parameters.js";
import { parsePasses } from "../../src/passes/parse-passes.js";
import { runPasses } from "../../src/passes/run-passes.js";
import { reducedParameters } from "../../src/precision/reduced-parameters.js";
import { openReference } from "../../src/runtime/reference/open-reference.js";
import { layerOf } from "../../src/runtime/runtime.js";
import { isReducible, type Precision, type PrecisionPlan, planBytes, uniformPlan } from "../../src/storage/plan.js";
import {
  largestDifference,
  randomInputs,
  randomParameters,
  smallBigGan,
  smallBigGanDeep,
} from "../helpers/small-generators.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

/** What a user would write: a session on the file, three inputs, one output. */
async function imageOf(folder: string, graph: Graph): Promise<Tensor> {
  const session = await InferenceSession.create(join(folder, "model.onnx"), { intraOpNumThreads: 1 });
  const { z, y, truncation } = randomInputs(graph, 2, 0.6);
  const { image } = await session.run({
    z: new OrtTensor("float32", toFloat32(z.data), z.shape),
    y: new OrtTensor("float32", toFloat32(y.data), y.shape),
    truncation: new OrtTensor("float32", [truncation], []),
  });
  const data = image?.data;
  if (!(data instanceof Float32Array)) throw new Error("expected a float32 image");
  return { shape: image?.dims ?? [], data: Float32Array.from(data) };
}

/** What the rewrites of upsampling need before them. */
const LEAST = "default,-upsample-as-taps";

/** Also where float16 would take fewer bytes: tables of five rows. */
function everywhere(graph: Graph, precision: Precision): PrecisionPlan {
  return new Map([...graph.parameters.values()].map((each) => [each.name, isReducible(each) ? precision : "float32"]));
}

describe("a reduced model in onnxruntime", () => {
  test.each(["upsample-as-taps", "upsample-as-phases", "upsample-as-transposed-conv"])(
    "rewritten with %s, in int8",
    async (name) => {
      const { graph, derived } = runPasses(smallBigGanDeep(), parsePasses(`${LEAST},${name}`, "onnx"));
      const source = derivedParameters(randomParameters(smallBigGanDeep()), derived);
      const plan = everywhere(graph, "int8");
      const folder = await temporaryFolder();
      await exportOnnx(graph, source, folder, { plan });
      await using reference = await openReference(graph, reducedParameters(source, graph, plan));
      const expected = layerOf(await reference.run(randomInputs(graph, 2, 0.6)), "image");
      expect(largestDifference(await imageOf(folder, graph), expected)).toBeLessThan(2e-5);
    },
  );

  test.each([
    ["biggan", "float16", smallBigGan],
    ["biggan", "int8", smallBigGan],
    ["biggan-deep", "float16", smallBigGanDeep],
    ["biggan-deep", "int8", smallBigGanDeep],
  ] as const)("%s in %s computes with the numbers that quality is measured on", async (_, precision, make) => {
    const graph = make();
    const plan = everywhere(graph, precision);
    const folder = await temporaryFolder();
    const [file] = await exportOnnx(graph, randomParameters(graph), folder, { plan });
    await using reference = await openReference(graph, reducedParameters(randomParameters(graph), graph, plan));
    const expected = layerOf(await reference.run(randomInputs(graph, 2, 0.6)), "image");
    expect(largestDifference(await imageOf(folder, graph), expected)).toBeLessThan(2e-5);

    const [plainly] = await exportOnnx(graph, randomParameters(graph), await temporaryFolder());
    const saved = planBytes(graph, uniformPlan(graph, "float32")) - planBytes(graph, plan);
    const found = (plainly?.bytes ?? 0) - (file?.bytes ?? 0);
    // The nodes that widen the numbers take some hundred bytes for each parameter.
    expect(found).toBeGreaterThan(saved - 400 * plan.size);
    expect(found).toBeLessThanOrEqual(saved);
  });
});
