import { afterEach, describe, expect, test, vi } from "vitest";
import { BackendError, InterruptedError } from "../../../src/core/errors.js";
import { openBrowser } from "../../../src/runtime/browser/open-browser.js";
import { expectAgreement } from "../../helpers/agreement.js";
import { descendants } from "../../helpers/descendants.js";
import { randomInputs, randomParameters, smallBigGan, smallBigGanDeep } from "../../helpers/small-generators.js";

afterEach(() => vi.unstubAllEnvs());

const chromiums = () => descendants().filter((name) => name.startsWith("chrom"));

describe("a real Chromium agrees with the float64 reference", () => {
  test.each([
    ["tfjs-webgl", smallBigGan, /WebGL 2 on .+/],
    ["chromium:tfjs-webgpu", smallBigGanDeep, /WebGPU on .+/],
    ["chromium:tfjs-wasm", smallBigGan, /WebAssembly \(XNNPACK\), \d+ threads?/],
    ["chromium:tfjs-wasm", smallBigGanDeep, /WebAssembly \(XNNPACK\), \d+ threads?/],
    ["chromium:ort-webgpu", smallBigGanDeep, /^onnxruntime \S+, WebGPU on .+/],
    ["chromium:ort-wasm", smallBigGan, /^onnxruntime \S+, WebAssembly, \d+ threads?/],
    ["chromium:ort-wasm", smallBigGanDeep, /WebAssembly, \d+ threads?/],
  ] as const)("%s", async (backend, make, engine) => {
    const graph = make();
    await using runtime = await openBrowser(graph, randomParameters(graph), { backend });
    await expectAgreement(runtime, graph);
    expect(runtime.backend).toBe(backend);
    // Only the page can know both.
    expect(runtime.description).toMatch(/in Mozilla\/5\.0 .*Chrome\/\d+/);
    expect(runtime.description).toMatch(engine);
    if (backend.endsWith("wasm")) expect(runtime.adapter).toBeUndefined();
    else expect(runtime.adapter?.name).toMatch(/\w+/);
  });
});

describe("a real Chromium ends", () => {
  test("when a run is interrupted, and with the runtime", async () => {
    const graph = smallBigGan();
    const before = chromiums();
    const runtime = await openBrowser(graph, randomParameters(graph), { backend: "chromium:tfjs-webgpu" });
    if (process.platform === "linux") expect(chromiums().length).toBeGreaterThan(before.length);
    const controller = new AbortController();
    const running = runtime.run(randomInputs(graph, 8, 0.6), { signal: controller.signal });
    setTimeout(() => controller.abort(), 300);
    await expect(running).rejects.toThrow(InterruptedError);
    if (process.platform === "linux") expect(chromiums()).toEqual(before);
    await expect(runtime.run(randomInputs(graph, 1, 0.6))).rejects.toThrow(InterruptedError);
    await runtime[Symbol.asyncDispose]();
  });

  test.each([0, 400])("when opening is interrupted after %s ms", async (delay) => {
    const graph = smallBigGan();
    const before = chromiums();
    const controller = new AbortController();
    setTimeout(() => controller.abort(), delay);
    const opening = openBrowser(graph, randomParameters(graph), { backend: "tfjs-webgl", signal: controller.signal });
    await expect(opening).rejects.toThrow(InterruptedError);
    if (process.platform === "linux") expect(chromiums()).toEqual(before);
  });
});

describe("without a browser that runs", () => {
  test("says what to install", async () => {
    vi.stubEnv("CHROMIUM_PATH", "/nowhere/chromium");
    const graph = smallBigGan();
    const error: unknown = await openBrowser(graph, randomParameters(graph), { backend: "tfjs-webgl" }).catch(
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(BackendError);
    expect(error).toMatchObject({
      message: "tfjs-webgl: expected a Chromium, found none (CHROMIUM_PATH=/nowhere/chromium)",
      hint: "apt-get install chromium, or npx playwright-core install chromium; or set CHROMIUM_PATH to a browser that is there",
    });
  });

  test("says that what is there is none", async () => {
    vi.stubEnv("CHROMIUM_PATH", "/bin/false");
    const graph = smallBigGan();
    const opening = openBrowser(graph, randomParameters(graph), { backend: "tfjs-webgl" });
    await expect(opening).rejects.toThrow(/^tfjs-webgl: \/bin\/false did not start: /);
  });
});
