import { afterAll, describe, expect, test } from "vitest";
import type { Tensor } from "../../../src/core/tensor.js";
import type { Graph } from "../../../src/graph/graph.js";
import { FLOAT32_CPU, FLOAT64 } from "../../../src/parity/budget/arithmetic.js";
import { differenceBudget } from "../../../src/parity/budget/bound.js";
import { budgetedRun } from "../../../src/parity/budget/layer-budgets.js";
import { difference } from "../../../src/parity/measures.js";
import type { GeneratorInputs } from "../../../src/runtime/runtime.js";
import { openTfjs } from "../../../src/runtime/tfjs/open-tfjs.js";
import { oneHot } from "../../../src/sampling/class-mix.js";
import { sampleZ } from "../../../src/sampling/sample-z.js";
import { openBench } from "../../helpers/module-bench.js";
import { randomNumbers } from "../../helpers/small-generators.js";

/** 20 truncations with 5 pictures each. */
const TRUNCATIONS = 20;
const PICTURES = 5;

/**
 * From 0.02 to 1; every other one is a point of the grid as the graph has it: in float64 a module computes the place of
 * float32(0.14) in its table as 6.9999999, which is another number with other statistics.
 */
function truncations(graph: Graph): readonly number[] {
  const grid = graph.nodes.flatMap(({ operation }) => (operation.op === "truncationWeights" ? operation.grid : []));
  return [...randomNumbers(TRUNCATIONS, 11)].map((value, index) => {
    const any = Math.fround(0.02 + (0.98 * (value + 1)) / 2);
    return index % 2 === 0 ? any : (grid.find((point) => point >= any) ?? 1);
  });
}

function randomCases(zDim: number, classes: number, truncation: number, seed: number): GeneratorInputs {
  const pick = randomNumbers(3 * PICTURES, seed).map((value) => (value + 1) / 2);
  const mixes = Array.from({ length: PICTURES }, (_, row) => {
    const [first = 0, second = 0, weight = 0] = pick.subarray(3 * row, 3 * row + 3);
    const index = Math.floor(first * classes);
    // One picture in two is of one class.
    const other = row % 2 === 0 ? index : (index + 1 + Math.floor(second * (classes - 1))) % classes;
    return index === other
      ? [{ index, weight: 1 }]
      : [
          { index, weight: 1 - weight },
          { index: other, weight },
        ];
  });
  return { z: sampleZ({ count: PICTURES, zDim, truncation, seed }), y: oneHot(mixes, classes), truncation };
}

/** Layers that differ by more than allowed, with the numbers. */
function alarms(
  reference: ReadonlyMap<string, Tensor>,
  candidate: ReadonlyMap<string, Tensor>,
  bounds: ReadonlyMap<string, { readonly bound: number }>,
): string[] {
  return [...reference].flatMap(([layer, tensor]) => {
    const other = candidate.get(layer);
    const { maxAbs } = other === undefined ? { maxAbs: Number.NaN } : difference(tensor, other);
    const { bound } = bounds.get(layer) ?? { bound: 0 };
    return maxAbs <= bound ? [] : [`${layer}: ${maxAbs}, ${bound} allowed`];
  });
}

describe.each(["biggan-mini", "biggan-deep-mini"])("100 random cases of %s", async (name) => {
  const bench = await openBench(name);
  const { graph } = bench.model;
  const parameters = bench.model.parameters();
  const taps = [...graph.layers.keys()];
  const wasm = await openTfjs(graph, parameters, { backend: "tfjs-wasm" });
  afterAll(async () => {
    await wasm[Symbol.asyncDispose]();
    await bench[Symbol.asyncDispose]();
  });

  test.each(truncations(graph))("truncation %d: no layer is off", async (truncation) => {
    const inputs = randomCases(graph.zDim, graph.classes, truncation, Math.round(truncation * 1e6));
    const { layers, budgets } = await budgetedRun(graph, parameters, inputs, [FLOAT64, FLOAT32_CPU], { taps });
    const [exact, float32] = [budgets(FLOAT64), budgets(FLOAT32_CPU)];
    const twice = new Map([...exact].map(([layer, budget]) => [layer, differenceBudget(budget, budget)]));
    expect(alarms(layers, await bench.run(bench.metaGraph, inputs), twice)).toEqual([]);
    expect(alarms(layers, await wasm.run(inputs, { taps }), float32)).toEqual([]);
  });
});
