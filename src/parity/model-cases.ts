import type { Tensor } from "../core/tensor.js";
import type { Graph } from "../graph/graph.js";
import type { RowInputs } from "../runtime/evaluate.js";
import { inputsOf, type ReferenceCases, referenceCases, standardCases } from "./cases.js";
import { type ScoredCases, scoredInputs, scoredReference, standardPictures } from "./scored-cases.js";

/** Made here, so that the seed of each row is known. */
export type StandardInputs = RowInputs & { readonly seeds: readonly number[] };

/** {@link standardCases} or {@link standardPictures}, as the graph's role is. */
export function standardInputs(graph: Graph, cases: number): StandardInputs {
  return graph.role === "generator"
    ? standardCases(graph, truncationGrid(graph), cases)
    : standardPictures(graph, cases);
}

/** What an IN.npz holds for a model. */
export function readInputs(graph: Graph, file: string, entries: ReadonlyMap<string, Tensor>): RowInputs {
  return graph.role === "generator" ? inputsOf(file, entries) : scoredInputs(file, entries, graph);
}

/** What a REF.npz holds of a model's inputs and layers. */
export function readReference(
  graph: Graph,
  file: string,
  entries: ReadonlyMap<string, Tensor>,
): ReferenceCases | ScoredCases {
  return graph.role === "generator" ? referenceCases(file, entries) : scoredReference(file, entries, graph);
}

/** The points at which the model has statistics. */
function truncationGrid(graph: Graph): readonly number[] {
  for (const { operation } of graph.nodes) if (operation.op === "truncationWeights") return operation.grid;
  return [1];
}
