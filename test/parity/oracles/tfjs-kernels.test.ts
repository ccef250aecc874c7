import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { readNpz } from "../../../src/formats/npy/read-npz.js";
import { type Model, openModel } from "../../../src/mapping/open-model.js";
import { FLOAT32_MODULE } from "../../../src/parity/budget/arithmetic.js";
import { budgetedRun } from "../../../src/parity/budget/layer-budgets.js";
import { inputsOf, referenceCases } from "../../../src/parity/cases.js";
import { difference } from "../../../src/parity/measures.js";
import { type ModuleRuntime, openModuleRuntime } from "../../../src/parity/module-runtime.js";
import { runParity } from "../../../src/parity/run-parity.js";
import { evaluate } from "../../../src/runtime/evaluate.js";
import { layerOf } from "../../../src/runtime/runtime.js";
import { withBackend } from "../../../src/runtime/tfjs/engine.js";
import { fixture } from "../../helpers/fixtures.js";
import { requireModuleGraph } from "../../helpers/module-graph.js";

afterEach(() => vi.restoreAllMocks());

/** What tfjs holds in this process. */
const tensorsHeld = () => withBackend("tfjs-wasm", async ({ core }) => core.memory().numTensors);

describe.each(["biggan-mini", "biggan-deep-mini"])("%s", (name) => {
  let model: Model;
  let runtime: ModuleRuntime;

  beforeAll(async () => {
    model = await openModel(`${fixture(name)}.tar.gz`);
    runtime = await openModuleRuntime(await requireModuleGraph(model), { kernels: "tfjs" });
  });

  afterAll(() => model[Symbol.asyncDispose]());

  test("says what it runs on", () => {
    expect(runtime.description).toMatch(/; heavy ops on tfjs 4\.\d+\.\d+, WebAssembly \(XNNPACK\), 1 thread, float32$/);
  });

  test("gives TensorFlow's pictures, leaves no tensor behind, and is quiet", async () => {
    const said = (["log", "info", "warn", "error"] as const).map((method) => vi.spyOn(console, method));
    const before = await tensorsHeld();
    const file = `${fixture(name)}.reference.npz`;
    const { inputs, layers } = referenceCases(file, await readNpz(file));
    const found = layerOf(await evaluate(runtime, inputs), "image");
    expect(difference(found, layerOf(layers, "image")).maxAbs).toBeLessThan(2e-4);
    expect(await tensorsHeld()).toBe(before);
    for (const spy of said) expect(spy).not.toHaveBeenCalled();
  });

  test("is float32, within its budget at every layer", async () => {
    const file = `${fixture(name)}.reference-taps.npz`;
    const inputs = inputsOf(file, await readNpz(file));
    const taps = [...model.graph.layers.keys()];
    const found = await evaluate(runtime, inputs, { taps });
    const exact = await budgetedRun(model.graph, model.parameters(), inputs, [FLOAT32_MODULE], { taps });
    const budgets = exact.budgets(FLOAT32_MODULE);
    for (const layer of taps) {
      const { maxAbs } = difference(layerOf(found, layer), layerOf(exact.layers, layer));
      expect(maxAbs, layer).toBeLessThanOrEqual(budgets.get(layer)?.bound ?? 0);
    }
    // Float64 would agree to 1e-13.
    expect(difference(layerOf(found, "image"), layerOf(exact.layers, "image")).maxAbs).toBeGreaterThan(1e-10);
  });

  test("is a reference of its own in a parity run", async () => {
    const { comparisons, runtimes, verdict } = await runParity(model.graph, model.parameters(), {
      against: ["module", "module:float32"],
      backends: ["reference"],
      module: await requireModuleGraph(model),
      cases: 1,
    });
    expect(verdict).toBe("explained by rounding");
    const image = comparisons.map(({ reference, layers }): [string, number] => {
      return [reference, layers.find(({ layer }) => layer === "image")?.difference.maxAbs ?? Number.NaN];
    });
    expect(image.map(([label]) => label)).toEqual(["the module's own graph", "the module's own graph in float32"]);
    expect(image[0]?.[1]).toBeLessThan(1e-11);
    expect(image[1]?.[1]).toBeGreaterThan(1e-10);
    expect(Object.keys(runtimes).sort()).toEqual(["module", "module:float32", "reference"]);
  });
});
