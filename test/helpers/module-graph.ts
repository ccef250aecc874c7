import type { Model } from "../../src/mapping/model.js";
import { moduleGraphOf } from "../../src/parity/module-graph.js";
import type { ModuleGraph } from "../../src/parity/module-runtime.js";

/** The module's own graph, of a model that has one. */
export async function requireModuleGraph(model: Model): Promise<ModuleGraph> {
  const graph = await moduleGraphOf(model);
  if (graph === undefined) throw new Error(`${model.file}: no graph`);
  return graph;
}
