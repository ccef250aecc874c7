import { sameShape } from "../core/tensor.js";
import type { Graph } from "../graph/graph.js";
import type { Model } from "../mapping/model.js";

/** How an export's graph was rewritten; a checkpoint's was not. */
export interface Rewrites {
  readonly passes: readonly string[];
  /** The one truncation of its statistics. */
  readonly baked: number | undefined;
}

export function rewritesOf({ description }: Model): Rewrites {
  const truncation = description?.model.truncation;
  return { passes: description?.passes ?? [], baked: truncation?.kind === "baked" ? truncation.value : undefined };
}

export function sameRewrites(a: Rewrites, b: Rewrites): boolean {
  return a.baked === b.baked && a.passes.join() === b.passes.join();
}

/** `merge-vectors and bake-truncation at 0.5`: what one has and the other has not. */
export function describeRest({ passes, baked }: Rewrites, other: Rewrites): string {
  const rest = passes.filter((pass) => !other.passes.includes(pass));
  if (baked !== undefined && baked !== other.baked) rest.push(`truncation ${baked}`);
  return rest.length === 0 ? "nothing else" : rest.join(", ");
}

/** Whether a graph has all parameters of another, in their shapes. */
export function hasAll(graph: Graph, { parameters }: Graph): boolean {
  return [...parameters.values()].every(({ name, shape }) =>
    sameShape(graph.parameters.get(name)?.shape ?? [-1], shape),
  );
}
