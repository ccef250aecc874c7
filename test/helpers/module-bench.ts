import type { Tensor } from "../../src/core/tensor.js";
import type { MetaGraph } from "../../src/formats/saved-model/types.js";
import { type Model, openModel } from "../../src/mapping/open-model.js";
import { FLOAT64 } from "../../src/parity/budget/arithmetic.js";
import { differenceBudget } from "../../src/parity/budget/bound.js";
import { budgetedRun } from "../../src/parity/budget/layer-budgets.js";
import type { DiagnosisRequest } from "../../src/parity/diagnosis/diagnose.js";
import { parameterOrigins } from "../../src/parity/diagnosis/origins.js";
import { openGraphOracle } from "../../src/parity/oracles/graph-oracle.js";
import { moduleLayers } from "../../src/parity/oracles/module-layers.js";
import type { GeneratorInputs } from "../../src/runtime/runtime.js";
import { oneHot } from "../../src/sampling/class-mix.js";
import { sampleZ } from "../../src/sampling/sample-z.js";
import { fixture } from "./fixtures.js";
import { requireModuleGraph } from "./module-graph.js";

/** What our graph makes of one case, and what two float64 computations of it may differ by. */
export interface OurSide {
  readonly layers: ReadonlyMap<string, Tensor>;
  readonly bounds: ReadonlyMap<string, number>;
}

/** A fixture whose own graph can be run, edited or as it is, beside ours. */
export interface ModuleBench extends AsyncDisposable {
  readonly name: string;
  readonly model: Model;
  readonly metaGraph: MetaGraph;
  /** The module's layers by our names, in float64, by a graph that may have been edited. */
  run(metaGraph: MetaGraph, inputs: GeneratorInputs): Promise<ReadonlyMap<string, Tensor>>;
  ours(inputs: GeneratorInputs): Promise<OurSide>;
  request(
    inputs: GeneratorInputs,
    layers: ReadonlyMap<string, Tensor>,
    bounds: ReadonlyMap<string, number>,
  ): DiagnosisRequest;
}

export async function openBench(name: string): Promise<ModuleBench> {
  const model = await openModel(fixture(`${name}.tar.gz`));
  const { graph, source, resolution } = model;
  const { metaGraph, graphFile: file } = await requireModuleGraph(model);
  // Found in the sound graph: an edited one need not look like a generator any more.
  const fetches = moduleLayers(file, metaGraph);
  const parameters = model.parameters();
  return {
    name,
    model,
    metaGraph,
    async run(edited, inputs) {
      const oracle = await openGraphOracle({ metaGraph: edited, source, file });
      const outputs = await oracle.run(inputs, { fetches: [...fetches.values()] });
      return new Map(
        [...fetches].flatMap(([layer, tensor]) => {
          const value = outputs.get(tensor);
          return value === undefined ? [] : [[layer, value] as const];
        }),
      );
    },
    async ours(inputs) {
      const taps = [...graph.layers.keys()];
      const { layers, budgets } = await budgetedRun(graph, parameters, inputs, [FLOAT64], { taps });
      const bounds = [...budgets(FLOAT64)].map(([layer, budget]): [string, number] => [
        layer,
        differenceBudget(budget, budget).bound,
      ]);
      return { layers, bounds: new Map(bounds) };
    },
    request: (inputs, layers, bounds) => ({
      label: name,
      graph,
      parameters,
      origins: parameterOrigins(source, resolution.assignments),
      inputs,
      layers,
      bound: (layer) => bounds.get(layer) ?? 0,
    }),
    [Symbol.asyncDispose]: () => model[Symbol.asyncDispose](),
  };
}

/** One row, a mix of two classes. */
export function oneRow({ zDim, classes }: Model["graph"], truncation: number, seed = 7): GeneratorInputs {
  const mix = [
    { index: 1, weight: 0.75 },
    { index: 7, weight: 0.25 },
  ];
  return { z: sampleZ({ count: 1, zDim, truncation, seed }), y: oneHot([mix], classes), truncation };
}
