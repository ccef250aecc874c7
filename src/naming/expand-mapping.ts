import type { Graph, Parameter } from "../graph/graph.js";
import { fixTransform } from "../mapping/fix-transform.js";
import { layerIndices } from "../mapping/layer-indices.js";
import type { Mapping, Transform } from "../mapping/mapping.js";
import { compileTarget, sourceNames } from "../mapping/templates.js";

/** One of our parameters under the name that a mapping reads it from, and what is done to it on the way to us. */
export interface NamedParameter {
  readonly parameter: Parameter;
  readonly name: string;
  /** Tensors found, sizes filled in. */
  readonly transforms: readonly Transform[];
}

/** A mapping's names for all parameters of a graph, in the first spelling of each rule. No tensor is looked for. */
export function expandMapping(mapping: Mapping, graph: Graph): readonly NamedParameter[] {
  const rules = Object.entries(mapping.rules).map(([target, rule]) => ({ pattern: compileTarget(target), rule }));
  const layerOf = layerIndices(graph);
  const embedding = graph.parameters.get("embed.w")?.shape[1] ?? 0;
  return [...graph.parameters.values()].map((parameter) => {
    const hit = rules.find(({ pattern }) => pattern.test(parameter.name));
    if (hit === undefined) throw new Error(`naming: ${mapping.name} has no name for ${parameter.name}`);
    const indices = { ...hit.pattern.exec(parameter.name)?.groups, ...layerOf(parameter.name) };
    const nameOf = (template: string) => sourceNames(template, indices, "raw")[0] ?? template;
    const { from, transforms = [] } = hit.rule;
    return {
      parameter,
      name: nameOf(from),
      transforms: transforms.map((each, step, all) =>
        fixTransform(each, parameter.shape, embedding, nameOf, all.slice(step + 1)),
      ),
    };
  });
}
