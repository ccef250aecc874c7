import type { Tensor } from "../../core/tensor.js";
import type { Graph, GraphNode, OperationName } from "../../graph/graph.js";
import { isOp, type NodeOf } from "../../graph/node-of.js";

export { isOp, type NodeOf };

import type { Tensor64 } from "../../runtime/reference/tensor64.js";
import type { ParameterOrigins } from "./origins.js";

/** One layer of a graph: what is computed between the layers before it and its own value. */
export interface LayerPart {
  readonly graph: Graph;
  readonly layer: string;
  /** The layer's own node. */
  readonly target: number;
  /** Layers (not z, y, truncation) that it starts from. */
  readonly previous: readonly string[];
  /** Everything in between, parameters too, in network order; the target last. */
  readonly nodes: readonly GraphNode[];
}

/** A layer under test: what hypotheses are planted in. */
export interface Suspect extends LayerPart {
  readonly truncation: number;
  /** Undefined when the parameters do not come from a checkpoint. */
  readonly origins: ParameterOrigins | undefined;
  /** A parameter of this layer, as our side uses it. */
  parameter(name: string): Tensor64;
  readonly signal: AbortSignal | undefined;
}

/** The layer and what it needs, back to the layers that are known. */
export function layerPart(graph: Graph, layer: string, known: ReadonlyMap<string, Tensor>): LayerPart {
  const target = graph.layers.get(layer);
  if (target === undefined) throw new Error(`${graph.name}: there is no layer ${layer}`);
  const boundary = new Map<number, string>();
  for (const name of known.keys()) {
    const id = graph.layers.get(name);
    if (id !== undefined && id < target) boundary.set(id, name);
  }
  const inside = new Set([target]);
  const previous = new Set<string>();
  for (const { id, inputs } of graph.nodes.slice(0, target + 1).reverse()) {
    if (!inside.has(id)) continue;
    for (const input of inputs) {
      const name = boundary.get(input);
      if (name === undefined) inside.add(input);
      else previous.add(name);
    }
  }
  return {
    graph,
    layer,
    target,
    previous: [...previous].reverse(),
    nodes: graph.nodes.filter(({ id }) => inside.has(id)),
  };
}

/** The nodes of one operation in a layer. */
export function nodesOf<N extends OperationName>(part: LayerPart, op: N): NodeOf<N>[] {
  return part.nodes.filter((node): node is NodeOf<N> => isOp(node, op));
}

/** The node that an input comes from. */
export function inputNode({ graph }: LayerPart, node: GraphNode | undefined, position: number): GraphNode | undefined {
  const id = node?.inputs[position];
  return id === undefined ? undefined : graph.nodes[id];
}

/** The nodes of a layer that use a node's value. */
export function usersOf(part: LayerPart, { id }: GraphNode): readonly GraphNode[] {
  return part.nodes.filter(({ inputs }) => inputs.includes(id));
}

/** The nodes of `part` that depend on one of `changed`, these included. */
export function affectedBy(part: LayerPart, changed: Iterable<number>): ReadonlySet<number> {
  const affected = new Set(changed);
  for (const { id, inputs } of part.nodes) if (inputs.some((input) => affected.has(input))) affected.add(id);
  return affected;
}
