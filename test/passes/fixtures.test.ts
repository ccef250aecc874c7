import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readNpz } from "../../src/formats/npy/read-npz.js";
import { type Model, openModel } from "../../src/mapping/open-model.js";
import { FLOAT32_CPU } from "../../src/parity/budget/arithmetic.js";
import { budgetedRun } from "../../src/parity/budget/layer-budgets.js";
import { referenceCases } from "../../src/parity/cases.js";
import { compareLayers } from "../../src/parity/compare.js";
import { derivedParameters } from "../../src/passes/derived-parameters.js";
import { parsePasses } from "../../src/passes/parse-passes.js";
import { runPasses } from "../../src/passes/run-passes.js";
import { type EvaluationInputs, evaluate, takeRows } from "../../src/runtime/evaluate.js";
import { openTfjs } from "../../src/runtime/tfjs/open-tfjs.js";
import { fixture } from "../helpers/fixtures.js";
import { expectSameLayers } from "../helpers/same-layers.js";

const BAKED = 0.37;
const FORMS = [
  ["default", undefined],
  ["default", BAKED],
  ["default,-upsample-as-taps,upsample-as-phases", undefined],
  ["default,-upsample-as-taps,upsample-as-transposed-conv", BAKED],
] as const;

describe.each(["biggan-mini", "biggan-deep-mini"])("the trained %s", (name) => {
  let model: Model;
  let inputs: EvaluationInputs;

  beforeAll(async () => {
    model = await openModel(fixture(`${name}.tar.gz`));
    const file = fixture(`${name}.reference-taps.npz`);
    const cases = referenceCases(file, await readNpz(file));
    inputs = { z: takeRows(cases.inputs.z, [0, 1]), y: takeRows(cases.inputs.y, [0, 1]), truncation: BAKED };
  });
  afterAll(() => model[Symbol.asyncDispose]());

  test.each(FORMS)("%s at truncation %s: the same layers in float64", async (passes, truncation) => {
    const run = runPasses(model.graph, parsePasses(passes, "tfjs"), { truncation });
    await expectSameLayers(model.graph, run, model.parameters(), { ...inputs, truncation: BAKED });
  });

  test.each(FORMS)(
    "%s at truncation %s: tfjs-wasm stays inside the budget, and not far",
    async (passes, truncation) => {
      const { graph, derived } = runPasses(model.graph, parsePasses(passes, "tfjs"), { truncation });
      const parameters = derivedParameters(model.parameters(), derived);
      const taps = [...graph.layers.keys()].filter((layer) => layer !== "image");
      const { layers, budgets } = await budgetedRun(graph, parameters, inputs, [FLOAT32_CPU], { taps });
      await using runtime = await openTfjs(graph, parameters, { backend: "tfjs-wasm" });
      const compared = compareLayers(layers, await evaluate(runtime, inputs, { taps }), {
        reference: "float64",
        candidate: "tfjs-wasm",
        budgets: budgets(FLOAT32_CPU),
      });
      const factors = compared.layers.map(({ factor }) => factor);
      expect(Math.max(...factors)).toBeLessThan(0.6);
      expect(Math.min(...factors)).toBeGreaterThan(0.01);
    },
  );
});
