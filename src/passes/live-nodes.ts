import type { GraphNode } from "../graph/graph.js";

/** The nodes that `roots` depend on, in the order of `nodes` as far as inputs come before their users. Nodes stand at their numbers. */
export function liveNodes(nodes: readonly GraphNode[], roots: Iterable<number>): readonly GraphNode[] {
  const live = new Uint8Array(nodes.length);
  const waiting = [...roots];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (live[id] === 1) continue;
    live[id] = 1;
    for (const input of nodes[id]?.inputs ?? []) waiting.push(input);
  }

  const order: GraphNode[] = [];
  const placed = new Uint8Array(nodes.length);
  const place = (node: GraphNode): void => {
    if (placed[node.id] === 1) return;
    placed[node.id] = 1;
    for (const id of node.inputs) {
      const input = nodes[id];
      if (input !== undefined) place(input);
    }
    order.push(node);
  };
  for (const node of nodes) if (live[node.id] === 1) place(node);
  return order;
}
