import type { Model } from "../mapping/model.js";
import type { ModuleGraph } from "./module-runtime.js";

/** What evaluating a model's own graph needs; undefined for an export, and for a module without saved_model.pb. */
export async function moduleGraphOf({
  module,
  source,
}: Pick<Model, "module" | "source">): Promise<ModuleGraph | undefined> {
  const metaGraph = await module?.readMetaGraph();
  return metaGraph && module && { metaGraph, graphFile: module.graphFile, source };
}
