import { afterEach, describe, expect, test, vi } from "vitest";
import { InterruptedError, UsageError } from "../../../src/core/errors.js";
import { openOnnx } from "../../../src/runtime/native/open-onnx.js";
import * as packages from "../../../src/runtime/packages.js";
import { expectAgreement } from "../../helpers/agreement.js";
import { randomInputs, randomParameters, smallBigGan, smallBigGanDeep } from "../../helpers/small-generators.js";

afterEach(() => vi.restoreAllMocks());

describe("onnxruntime agrees with the float64 reference in every layer", () => {
  test.each([
    ["ort-cpu", smallBigGan, /^onnxruntime \S+, CPU, float32, in Node \S+$/],
    ["ort-cpu", smallBigGanDeep, /CPU/],
    ["ort-wasm", smallBigGan, /^onnxruntime \S+, WebAssembly, \d+ threads, float32, in Node \S+$/],
    ["ort-wasm", smallBigGanDeep, /WebAssembly/],
    ["ort-webgpu", smallBigGanDeep, /^onnxruntime \S+, WebGPU on .+, float32, in Node \S+$/],
  ] as const)("%s", async (backend, make, description) => {
    const graph = make();
    await using runtime = await openOnnx(graph, randomParameters(graph), { backend });
    expect(runtime.backend).toBe(backend);
    expect(runtime.description).toMatch(description);
    expect(runtime.adapter === undefined).toBe(backend !== "ort-webgpu");
    const alone = await runtime.run(randomInputs(graph, 2, 0.6));
    expect([...alone.keys()]).toEqual(["image"]);
    await expectAgreement(runtime, graph, 2);
  });
});

describe("onnxruntime in a process of its own", () => {
  test("refuses what does not fit, and work after an interruption", async () => {
    const graph = smallBigGan();
    const inputs = randomInputs(graph, 1, 1);
    await using runtime = await openOnnx(graph, randomParameters(graph), { backend: "ort-cpu" });
    await expect(runtime.run({ ...inputs, z: inputs.y })).rejects.toThrow(UsageError);
    const controller = new AbortController();
    const running = runtime.run(randomInputs(graph, 64, 1), { signal: controller.signal });
    setTimeout(() => controller.abort(), 5);
    await expect(running).rejects.toThrow(InterruptedError);
    await expect(runtime.run(inputs)).rejects.toThrow(InterruptedError);
  });

  test("that is not installed is a BackendError with the command that adds it", async () => {
    vi.spyOn(packages, "packageEntry").mockReturnValue(undefined);
    const graph = smallBigGan();
    const opening = openOnnx(graph, randomParameters(graph), { backend: "ort-cuda" });
    await expect(opening).rejects.toMatchObject({
      code: "backend",
      message: "ort-cuda: expected the package onnxruntime-node, found none",
      hint: expect.stringContaining("npm install onnxruntime-node@"),
    });
  });
});
