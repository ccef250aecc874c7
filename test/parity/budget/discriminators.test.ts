import { describe, expect, it } from "vitest";
import type { Graph } from "../../../src/graph/graph.js";
import { FLOAT32_CPU, FLOAT64 } from "../../../src/parity/budget/arithmetic.js";
import { budgetedRun } from "../../../src/parity/budget/layer-budgets.js";
import { compareLayers } from "../../../src/parity/compare.js";
import { evaluate } from "../../../src/runtime/evaluate.js";
import { openReference } from "../../../src/runtime/reference/open-reference.js";
import { openTfjs } from "../../../src/runtime/tfjs/open-tfjs.js";
import { randomPictures, smallDeepDiscriminator, smallDiscriminator } from "../../helpers/small-discriminators.js";
import { randomParameters } from "../../helpers/small-generators.js";

const ARITHMETICS = [FLOAT64, FLOAT32_CPU];

/** The same graph with one operation done wrong. */
function broken(graph: Graph, op: string, by: (node: Graph["nodes"][number]) => Graph["nodes"][number]): Graph {
  const at = graph.nodes.findIndex(({ operation }) => operation.op === op);
  return { ...graph, nodes: graph.nodes.map((node, id) => (id === at ? by(node) : node)) };
}

describe.each([
  ["BigGAN", smallDiscriminator()],
  ["BigGAN-deep", smallDeepDiscriminator()],
])("on a small discriminator of %s with random weights", (_, graph) => {
  const parameters = randomParameters(graph);
  const inputs = randomPictures(graph, 5);
  const taps = [...graph.layers.keys()];

  const factorsOf = (
    wanted: Parameters<typeof compareLayers>[0],
    found: Parameters<typeof compareLayers>[1],
    budgets: Parameters<typeof compareLayers>[2]["budgets"],
  ) =>
    compareLayers(wanted, found, { reference: "wanted", candidate: "found", budgets }).layers.map(
      ({ factor }) => factor,
    );

  it.each(["tfjs-cpu", "tfjs-wasm"] as const)("%s stays inside, and not far", async (backend) => {
    const run = await budgetedRun(graph, parameters, inputs, ARITHMETICS, { taps });
    await using runtime = await openTfjs(graph, parameters, { backend });
    const used = factorsOf(run.layers, await evaluate(runtime, inputs, { taps }), run.budgets(FLOAT32_CPU));
    expect(Math.max(...used)).toBeLessThan(0.6);
    expect(Math.min(...used)).toBeGreaterThan(0.01);
  });

  it("has a budget for every layer, wider in a narrower format", async () => {
    const run = await budgetedRun(graph, parameters, inputs, ARITHMETICS);
    const [float64, float32] = [run.budgets(FLOAT64), run.budgets(FLOAT32_CPU)];
    expect([...float64.keys()]).toEqual(taps);
    for (const [layer, { bound }] of float64) {
      expect(bound).toBeGreaterThan(0);
      expect((float32.get(layer)?.bound ?? 0) / bound).toBeGreaterThan(2 ** 21);
    }
  });

  it("the largest of four in place of their mean falls outside", async () => {
    const run = await budgetedRun(graph, parameters, inputs, ARITHMETICS, { taps });
    const wrong = broken(graph, "averagePool2x2", (node) => ({ ...node, operation: { op: "maxPool2x2" } }));
    await using runtime = await openReference(wrong, parameters);
    const used = factorsOf(run.layers, await evaluate(runtime, inputs, { taps }), run.budgets(FLOAT32_CPU));
    expect(Math.max(...used)).toBeGreaterThan(1000);
  });

  it("a part of the skip path that is missing falls outside", async () => {
    const run = await budgetedRun(graph, parameters, inputs, ARITHMETICS, { taps });
    const bias = [...graph.parameters.keys()].find((name) => name.endsWith("shortcut.b")) ?? "";
    const without = {
      async read(name: string) {
        const values = await parameters.read(name);
        return name === bias ? values.map((value) => value * (1 + 1e-3)) : values;
      },
    };
    await using runtime = await openReference(graph, without);
    const used = factorsOf(run.layers, await evaluate(runtime, inputs, { taps }), run.budgets(FLOAT32_CPU));
    expect(Math.max(...used)).toBeGreaterThan(10);
  });
});
