import type { GraphNode } from "../graph/graph.js";

/** The nodes that `roots` depend on, in the order of `nodes` as far as inputs come before their users. */
export function liveNodes(nodes: readonly GraphNode[], roots: Iterable<number>): readonly GraphNode[] {
  const live = new Set<number>();
  const waiting = [...roots];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (live.has(id)) continue;
    live.add(id);
    waiting.push(...(nodes[id]?.inputs ?? []));
  }

  const order: GraphNode[] = [];
  const placed = new Set<number>();
  const place = (node: GraphNode | undefined): void => {
    if (node === undefined || placed.has(node.id)) return;
    placed.add(node.id);
    for (const input of node.inputs) place(nodes[input]);
    order.push(node);
  };
  for (const node of nodes) if (live.has(node.id)) place(node);
  return order;
}
