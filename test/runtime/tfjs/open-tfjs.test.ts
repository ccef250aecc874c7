import * as tf from "@tensorflow/tfjs-core";
import { afterEach, describe, expect, test, vi } from "vitest";
import { BackendError, InterruptedError, UsageError } from "../../../src/core/errors.js";
import type { Graph } from "../../../src/graph/graph.js";
import { openReference } from "../../../src/runtime/reference/open-reference.js";
import { layerOf } from "../../../src/runtime/runtime.js";
import { openTfjs } from "../../../src/runtime/tfjs/open-tfjs.js";
import {
  largestDifference,
  largestMagnitude,
  randomInputs,
  randomParameters,
  smallBigGan,
  smallBigGanDeep,
} from "../../helpers/small-generators.js";

/**
 * Of a layer's largest value. Layers of these graphs reach 60, and float32 on either back-end was off by at most 9e-7 of that
 * (8 units in the last place after some ten layers). A wrong layer is off by 1e-2 and more.
 */
const LAYER_BOUND = 4e-6;

/** The picture is in [-1, 1], but tanh sees values to 20 and hands on their rounding: measured 5e-6. */
const IMAGE_BOUND = 2e-5;

const GRAPHS: readonly (readonly [string, () => Graph])[] = [
  ["biggan", smallBigGan],
  ["biggan-deep", smallBigGanDeep],
];
const BACKENDS = ["tfjs-wasm", "tfjs-cpu"] as const;
const CASES = GRAPHS.flatMap(([name, make]) => BACKENDS.map((backend) => [name, backend, make] as const));

/** What `tf.memory().numTensors` says, which itself needs a back-end to be there. */
const tensorCount = (): number => tf.engine().state.numTensors;

afterEach(() => vi.restoreAllMocks());

// First in the file: tfjs gives its advice once, when a back-end is used for the first time.
describe("tfjs runtime", () => {
  test("leaves no tensor behind, neither a run nor a runtime, and prints nothing", async () => {
    const said = (["log", "info", "warn", "error"] as const).map((level) => vi.spyOn(console, level));
    const graph = smallBigGan();
    for (const backend of BACKENDS) {
      const before = tensorCount();
      const runtime = await openTfjs(graph, randomParameters(graph), { backend });
      const open = tensorCount();
      await runtime.run(randomInputs(graph, 3, 0.3), { taps: ["stem", "attention"] });
      expect(tensorCount()).toBe(open);
      await runtime[Symbol.asyncDispose]();
      await runtime[Symbol.asyncDispose]();
      expect(tensorCount()).toBe(before);
    }
    for (const spy of said) expect(spy).not.toHaveBeenCalled();
  });
});

describe("tfjs runtime against the float64 reference", () => {
  test.each(CASES)("%s on %s: every layer, on, between and outside the grid", async (_, backend, make) => {
    const graph = make();
    const parameters = randomParameters(graph);
    const taps = [...graph.layers.keys()];
    await using reference = await openReference(graph, parameters);
    await using runtime = await openTfjs(graph, parameters, { backend });
    expect(runtime.backend).toBe(backend);
    for (const truncation of [0, 0.1, 0.25, 0.5, 0.61803, 1]) {
      const inputs = randomInputs(graph, 2, truncation);
      const expected = await reference.run(inputs, { taps });
      const found = await runtime.run(inputs, { taps });
      expect([...found.keys()].sort()).toEqual([...taps].sort());
      for (const tap of taps) {
        expect(layerOf(found, tap).shape).toEqual(layerOf(expected, tap).shape);
        const difference = largestDifference(layerOf(found, tap), layerOf(expected, tap));
        const bound = tap === "image" ? IMAGE_BOUND : LAYER_BOUND * largestMagnitude(layerOf(expected, tap));
        expect(difference, `${tap} at ${truncation}`).toBeLessThan(bound);
      }
    }
  });

  test("two back-ends take turns: runs that overlap give what they give alone", async () => {
    const [first, second] = [smallBigGan(), smallBigGanDeep()];
    await using wasm = await openTfjs(first, randomParameters(first), { backend: "tfjs-wasm" });
    await using cpu = await openTfjs(second, randomParameters(second), { backend: "tfjs-cpu" });
    const [a, b] = [randomInputs(first, 3, 0.4), randomInputs(second, 3, 0.7)];
    const alone = [await wasm.run(a), await cpu.run(b)];
    const together = await Promise.all([wasm.run(a), cpu.run(b)]);
    together.forEach((outputs, index) => {
      const before = alone[index];
      expect(before && layerOf(outputs, "image").data).toEqual(before && layerOf(before, "image").data);
    });
  });
});

describe("tfjs runtime refuses", () => {
  test("a back-end that does not start, instead of falling back silently", async () => {
    const graph = smallBigGan();
    const setBackend = vi.spyOn(tf.engine(), "setBackend").mockImplementation(async () => {
      return false;
    });
    const opening = openTfjs(graph, randomParameters(graph), { backend: "tfjs-wasm" });
    await expect(opening).rejects.toThrow(BackendError);
    setBackend.mockRestore();
    await using runtime = await openTfjs(graph, randomParameters(graph), { backend: "tfjs-wasm" });
    expect(runtime.description).toContain("WebAssembly");
  });

  test("wrong inputs, unknown taps, an abort, and work after closing", async () => {
    const graph = smallBigGan();
    const inputs = randomInputs(graph, 1, 1);
    const runtime = await openTfjs(graph, randomParameters(graph), { backend: "tfjs-cpu" });
    await expect(runtime.run({ ...inputs, z: inputs.y })).rejects.toThrow(UsageError);
    await expect(runtime.run(inputs, { taps: ["nothing"] })).rejects.toThrow(UsageError);
    await expect(runtime.run(inputs, { signal: AbortSignal.abort() })).rejects.toThrow(InterruptedError);
    await runtime[Symbol.asyncDispose]();
    await expect(runtime.run(inputs)).rejects.toThrow("tfjs-cpu: the runtime has been closed");
  });

  test("weights that cannot be read, and leaves no tensor behind", async () => {
    const graph = smallBigGan();
    const before = tensorCount();
    const broken = { read: () => Promise.reject(new BackendError("out of reach")) };
    await expect(openTfjs(graph, broken, { backend: "tfjs-cpu" })).rejects.toThrow("out of reach");
    const stopped = openTfjs(graph, randomParameters(graph), { backend: "tfjs-cpu", signal: AbortSignal.abort() });
    await expect(stopped).rejects.toThrow(InterruptedError);
    expect(tensorCount()).toBe(before);
  });
});
