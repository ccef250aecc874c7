import type { Model } from "../../src/mapping/model.js";
import { moduleGraphOf } from "../../src/parity/module-graph.js";
import type { ModuleGraph } from "../../src/parity/module-runtime.js";

/** The module's own graph, of a model that has one. */
export function requireModuleGraph(model: Model): ModuleGraph {
  const graph = moduleGraphOf(model);
  if (graph === undefined) throw new Error(`${model.file}: no graph`);
  return graph;
}
