import { BATCH, type GraphNode } from "../graph/graph.js";

/** The shape of what two vectors [c], [1, c] or [n, c] make together. */
export function vectorShape(a: GraphNode, b: GraphNode): readonly number[] {
  const channels = a.shape.at(-1) ?? 1;
  if (a.shape.length < 2 && b.shape.length < 2) return [channels];
  return [a.shape[0] === BATCH || b.shape[0] === BATCH ? BATCH : 1, channels];
}
