import { afterEach, describe, expect, test, vi } from "vitest";
import { BackendError, InterruptedError } from "../../../src/core/errors.js";
import { openNative } from "../../../src/runtime/native/open-native.js";
import { expectAgreement } from "../../helpers/agreement.js";
import { randomInputs, randomParameters, smallBigGan } from "../../helpers/small-generators.js";

afterEach(() => vi.unstubAllEnvs());

describe("tfjs-webgpu in Node", () => {
  test("every layer agrees with the float64 reference, and the adapter says its name", async () => {
    const graph = smallBigGan();
    await using runtime = await openNative(graph, randomParameters(graph), { backend: "tfjs-webgpu" });
    await expectAgreement(runtime, graph);
    expect(runtime.description).toMatch(/^tfjs \S+, WebGPU on .+, float32, in Node \S+ \(Dawn\)$/);
    expect(runtime.adapter?.name).toMatch(/\w+/);
  });

  test("an interruption kills its process; the runtime then refuses", async () => {
    const graph = smallBigGan();
    await using runtime = await openNative(graph, randomParameters(graph), { backend: "tfjs-webgpu" });
    const controller = new AbortController();
    const running = runtime.run(randomInputs(graph, 8, 0.6), { signal: controller.signal });
    setTimeout(() => controller.abort(), 200);
    await expect(running).rejects.toThrow(InterruptedError);
    await expect(runtime.run(randomInputs(graph, 1, 0.6))).rejects.toThrow(InterruptedError);
  });
});

describe.each([
  ["tfjs-node", "BIGGAN_PORT_TFJS_NODE"],
  ["tfjs-node-gpu", "BIGGAN_PORT_TFJS_NODE_GPU"],
] as const)("%s", (backend, variable) => {
  test("that is not there is a BackendError with the command that adds it", async () => {
    vi.stubEnv(variable, "/nowhere/package");
    const graph = smallBigGan();
    const error: unknown = await openNative(graph, randomParameters(graph), { backend }).catch(
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(BackendError);
    expect(error).toMatchObject({
      message: `${backend}: expected a package at ${variable}=/nowhere/package, found none`,
      hint: expect.stringContaining(`npm install @tensorflow/${backend}@`),
    });
  });
});
