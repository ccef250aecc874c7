import { readdirSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Tensor } from "../../../src/core/tensor.js";
import { readNpz } from "../../../src/formats/npy/read-npz.js";
import { type Model, openModel } from "../../../src/mapping/open-model.js";
import { inputsOf, referenceCases } from "../../../src/parity/cases.js";
import { difference } from "../../../src/parity/measures.js";
import { type GraphOracle, openGraphOracle } from "../../../src/parity/oracles/graph-oracle.js";
import { moduleLayers } from "../../../src/parity/oracles/module-layers.js";
import type { EvaluationInputs } from "../../../src/runtime/evaluate.js";
import { openReference } from "../../../src/runtime/reference/open-reference.js";
import { type GeneratorInputs, layerOf } from "../../../src/runtime/runtime.js";
import { fixture } from "../../helpers/fixtures.js";
import { golden } from "../../helpers/golden.js";
import { requireModuleGraph } from "../../helpers/module-graph.js";

/** The trained fixtures, and tiny modules of every other structure: scripts/fixtures/small_modules.py. */
const modules = new Map([
  ...["biggan-mini", "biggan-deep-mini"].map((name): [string, string] => [name, fixture(name)]),
  ...readdirSync(golden("modules")).flatMap((file): [string, string][] => {
    const name = file.endsWith(".tar.gz") ? file.slice(0, -".tar.gz".length) : undefined;
    return name === undefined ? [] : [[name, golden(`modules/${name}`)]];
  }),
]);

/** One row of a batch. */
function rowOf({ shape, data }: Tensor, row: number): Tensor {
  const width = data.length / (shape[0] ?? 1);
  return { shape: [1, ...shape.slice(1)], data: data.slice(row * width, (row + 1) * width) };
}

function caseOf({ z, y, truncation }: EvaluationInputs, row: number): GeneratorInputs {
  const t = typeof truncation === "number" ? truncation : (truncation[row] ?? Number.NaN);
  return { z: rowOf(z, row), y: rowOf(y, row), truncation: t };
}

describe.each([...modules])("%s", (_, path) => {
  let model: Model;
  let oracle: GraphOracle;
  let layers: ReadonlyMap<string, string>;

  beforeAll(async () => {
    model = await openModel(`${path}.tar.gz`);
    const { metaGraph, graphFile: file } = await requireModuleGraph(model);
    oracle = await openGraphOracle({ metaGraph, source: model.source, file });
    layers = moduleLayers(file, metaGraph);
  });

  afterAll(async () => {
    await model[Symbol.asyncDispose]();
  });

  /** The module's layers by our names. */
  async function moduleRun(inputs: GeneratorInputs): Promise<ReadonlyMap<string, Tensor>> {
    const outputs = await oracle.run(inputs, { fetches: [...layers.values()] });
    return new Map([...layers].map(([layer, tensor]) => [layer, layerOf(outputs, tensor)]));
  }

  test("layers are found, in network order", () => {
    expect([...layers.keys()]).toEqual([...model.graph.layers.keys()]);
  });

  test("is what TensorFlow computes, at the second call", async () => {
    const file = `${path}.reference.npz`;
    const { inputs, layers: wanted } = referenceCases(file, await readNpz(file));
    const images = layerOf(wanted, "image");
    for (let row = 0; row < (images.shape[0] ?? 0); row++) {
      const { name } = oracle.signature.image;
      const [first, second] = [
        await oracle.run(caseOf(inputs, row), { fetches: [name] }),
        await oracle.run(caseOf(inputs, row), { fetches: [name] }),
      ];
      expect(difference(rowOf(images, row), layerOf(second, name)).maxAbs, `case ${row}`).toBeLessThan(5e-5);
      expect(difference(layerOf(first, name), layerOf(second, name)).maxAbs, `case ${row}, calls`).toBe(0);
    }
  });

  test("has TensorFlow's values at every layer", async () => {
    const file = `${path}.reference-taps.npz`;
    const entries = await readNpz(file);
    const found = await moduleRun(caseOf(inputsOf(file, entries), 0));
    const { layers: wanted } = referenceCases(file, entries);
    expect([...wanted.keys()].sort()).toEqual([...layers.keys()].sort());
    for (const [layer, tensor] of wanted) {
      const { maxAbs, referenceMax } = difference(tensor, layerOf(found, layer));
      expect(maxAbs / referenceMax, layer).toBeLessThan(1e-5);
    }
  });

  // Truncations that are the same number in float32 and float64: two rows of the tables, and one between rows.
  test.each([0.5, 1, 0.375])("is our graph, in float64, at truncation %d", async (truncation) => {
    const file = `${path}.reference-taps.npz`;
    const { z, y } = caseOf(inputsOf(file, await readNpz(file)), 0);
    const inputs = { z, y, truncation };
    const runtime = await openReference(model.graph, model.parameters());
    const ours = await runtime.run(inputs, { taps: [...model.graph.layers.keys()] });
    for (const [layer, tensor] of await moduleRun(inputs)) {
      const { maxAbs, referenceMax } = difference(tensor, layerOf(ours, layer));
      expect(maxAbs / Math.max(1, referenceMax), layer).toBeLessThan(1e-9);
    }
  });
});
