import type { Model } from "../mapping/model.js";
import type { ModuleGraph } from "./module-runtime.js";

/** What evaluating a model's own graph needs; undefined for an export, and for a module without saved_model.pb. */
export function moduleGraphOf({ module, source }: Pick<Model, "module" | "source">): ModuleGraph | undefined {
  if (module?.metaGraph === undefined) return undefined;
  const { metaGraph, graphFile } = module;
  return { metaGraph, graphFile, source };
}
