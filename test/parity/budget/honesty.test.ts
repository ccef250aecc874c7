import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ParameterSource } from "../../../src/core/parameter-source.js";
import type { Tensor } from "../../../src/core/tensor.js";
import { readNpz } from "../../../src/formats/npy/read-npz.js";
import type { Graph } from "../../../src/graph/graph.js";
import { type Model, openModel } from "../../../src/mapping/open-model.js";
import { FLOAT32_CPU, FLOAT32_MODULE, FLOAT64 } from "../../../src/parity/budget/arithmetic.js";
import { differenceBudgets, type LayerBudget } from "../../../src/parity/budget/bound.js";
import { type BudgetedRun, budgetedRun } from "../../../src/parity/budget/layer-budgets.js";
import { type ReferenceCases, referenceCases } from "../../../src/parity/cases.js";
import { compareLayers } from "../../../src/parity/compare.js";
import { type EvaluationInputs, evaluate } from "../../../src/runtime/evaluate.js";
import { openReference } from "../../../src/runtime/reference/open-reference.js";
import { openTfjs } from "../../../src/runtime/tfjs/open-tfjs.js";
import { fixture } from "../../helpers/fixtures.js";
import { randomInputs, randomParameters, smallBigGan, smallBigGanDeep } from "../../helpers/small-generators.js";
import { FAULTS } from "./budget-faults.js";

const ARITHMETICS = [FLOAT64, FLOAT32_CPU, FLOAT32_MODULE];

const tapsOf = (graph: Graph) => [...graph.layers.keys()].filter((layer) => layer !== "image");

type Budgets = ReadonlyMap<string, LayerBudget>;

function factors(wanted: ReadonlyMap<string, Tensor>, found: ReadonlyMap<string, Tensor>, budgets: Budgets) {
  const { layers } = compareLayers(wanted, found, { reference: "wanted", candidate: "found", budgets });
  return layers.map(({ factor }) => factor);
}

async function onTfjs(
  graph: Graph,
  parameters: ParameterSource,
  inputs: EvaluationInputs,
  backend: "tfjs-cpu" | "tfjs-wasm",
) {
  await using runtime = await openTfjs(graph, parameters, { backend });
  return await evaluate(runtime, inputs, { taps: tapsOf(graph) });
}

describe.each(["biggan-mini", "biggan-deep-mini"])("on the trained %s", (name) => {
  let model: Model;
  let cases: ReferenceCases;
  let run: BudgetedRun;

  beforeAll(async () => {
    model = await openModel(fixture(`${name}.tar.gz`));
    const file = fixture(`${name}.reference-taps.npz`);
    cases = referenceCases(file, await readNpz(file));
    run = await budgetedRun(model.graph, model.parameters(), cases.inputs, ARITHMETICS, { taps: tapsOf(model.graph) });
  });
  afterAll(() => model[Symbol.asyncDispose]());

  it("TensorFlow's float32 stays inside", () => {
    const used = factors(run.layers, cases.layers, run.budgets(FLOAT32_MODULE));
    expect(Math.max(...used)).toBeLessThan(0.5);
    expect(Math.max(...used)).toBeGreaterThan(0.02);
  });

  it.each(["tfjs-cpu", "tfjs-wasm"] as const)("%s stays inside, and not far", async (backend) => {
    const found = await onTfjs(model.graph, model.parameters(), cases.inputs, backend);
    const used = factors(run.layers, found, run.budgets(FLOAT32_CPU));
    expect(Math.max(...used)).toBeLessThan(0.6);
    expect(Math.min(...used)).toBeGreaterThan(0.01);
  });

  it.each(FAULTS)("$name falls outside", async (fault) => {
    const graph = fault.graph(model.graph);
    const parameters = fault.parameters(graph, model.parameters());
    await using runtime = await openReference(graph, parameters);
    const found = await evaluate(runtime, cases.inputs, { taps: tapsOf(graph) });
    const float64 = differenceBudgets(run.budgets(FLOAT64), run.budgets(FLOAT64));
    expect(Math.max(...factors(run.layers, found, float64))).toBeGreaterThan(1000);
    if (!fault.large) return;
    const float32 = differenceBudgets(run.budgets(FLOAT32_MODULE), run.budgets(FLOAT32_CPU));
    expect(Math.max(...factors(run.layers, found, float32))).toBeGreaterThan(100);
  });
});

describe.each([
  ["BigGAN", smallBigGan()],
  ["BigGAN-deep", smallBigGanDeep()],
])("on a small %s with random weights", (_, graph) => {
  it.each([1, 0.6, 0])("tfjs-cpu stays inside at truncation %d", async (truncation) => {
    const inputs = randomInputs(graph, 5, truncation);
    const parameters = randomParameters(graph);
    const run = await budgetedRun(graph, parameters, inputs, ARITHMETICS, { taps: tapsOf(graph) });
    const used = factors(run.layers, await onTfjs(graph, parameters, inputs, "tfjs-cpu"), run.budgets(FLOAT32_CPU));
    expect(Math.max(...used)).toBeLessThan(1);
    expect(Math.max(...used)).toBeGreaterThan(0.02);
  });

  it("gives the layers of an unobserved run, bit by bit", async () => {
    const inputs = randomInputs(graph, 2, 0.3);
    const parameters = randomParameters(graph);
    const run = await budgetedRun(graph, parameters, inputs, ARITHMETICS, { taps: tapsOf(graph) });
    await using runtime = await openReference(graph, parameters);
    const plain = await evaluate(runtime, inputs, { taps: tapsOf(graph) });
    for (const [layer, tensor] of plain) expect(run.layers.get(layer)?.data).toEqual(tensor.data);
  });

  it("has a budget for every layer, wider in a narrower format", async () => {
    const inputs = randomInputs(graph, 2, 0.3);
    const run = await budgetedRun(graph, randomParameters(graph), inputs, ARITHMETICS);
    const [float64, float32] = [run.budgets(FLOAT64), run.budgets(FLOAT32_CPU)];
    expect([...float64.keys()]).toEqual([...graph.layers.keys()]);
    for (const [layer, { bound }] of float64) {
      expect(bound).toBeGreaterThan(0);
      // The formats differ by 2^29; the folding of the weights, with its allowance, is counted in float64 alone.
      expect((float32.get(layer)?.bound ?? 0) / bound).toBeGreaterThan(2 ** 21);
    }
  });
});
