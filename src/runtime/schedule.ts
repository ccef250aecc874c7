import type { Graph, GraphNode } from "../graph/graph.js";

/** One node to compute, and which values nobody needs after it. */
export interface Step {
  readonly node: GraphNode;
  /** The layers this node is, for taps and progress. */
  readonly layers: readonly string[];
  /** Nodes (parameters too) whose last user this is. Holds the node itself when it has no user. */
  readonly drop: readonly number[];
}

/**
 * The nodes that `outputs` depend on, in order, each with what to drop after it: live memory is then as small as this order
 * allows. Parameters are no steps of their own: they are read when a step first needs them.
 */
export function schedule(graph: Graph, outputs: Iterable<number>): readonly Step[] {
  const lastUser = new Map<number, number>();
  for (const id of outputs) lastUser.set(id, id);
  for (const { id, inputs } of [...graph.nodes].reverse()) {
    if (!lastUser.has(id)) continue;
    for (const input of inputs) {
      // Nodes are visited from the last one, so the first user met is the last to run; an output's own mark gives way to it.
      if ((lastUser.get(input) ?? input) === input) lastUser.set(input, id);
    }
  }

  const drops = new Map<number, number[]>();
  for (const [id, user] of lastUser) append(drops, user, id);
  const layers = new Map<number, string[]>();
  for (const [name, id] of graph.layers) append(layers, id, name);

  return graph.nodes
    .filter(({ id, operation }) => lastUser.has(id) && operation.op !== "parameter")
    .map((node) => ({ node, layers: layers.get(node.id) ?? [], drop: drops.get(node.id) ?? [] }));
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
