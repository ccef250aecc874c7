import type { GraphNode } from "../graph/graph.js";

/** The nodes that `roots` depend on, in the order of `nodes` as far as inputs come before their users. Nodes stand at their numbers. */
export function liveNodes(nodes: readonly GraphNode[], roots: Iterable<number>): readonly GraphNode[] {
  const live = new Uint8Array(nodes.length);
  const waiting = [...roots];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (live[id] === 1) continue;
    live[id] = 1;
    const inputs = nodes[id]?.inputs ?? [];
    for (let at = 0; at < inputs.length; at++) waiting.push(inputs[at] ?? -1);
  }

  const order: GraphNode[] = [];
  const placed = new Uint8Array(nodes.length);
  const place = (id: number): void => {
    const node = nodes[id];
    if (node === undefined || placed[id] === 1) return;
    placed[id] = 1;
    node.inputs.forEach(place);
    order.push(node);
  };
  for (let id = 0; id < nodes.length; id++) if (live[id] === 1) place(id);
  return order;
}
