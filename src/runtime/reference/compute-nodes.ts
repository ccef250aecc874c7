import type { ParameterSource } from "../../core/parameter-source.js";
import { elementCount, formatShape, type Tensor, toFloat64 } from "../../core/tensor.js";
import type { Graph, GraphNode } from "../../graph/graph.js";
import type { ModelInputs } from "../runtime.js";
import { schedule } from "../schedule.js";
import { feeds64, nodeValue } from "./node-value.js";
import type { Tensor64 } from "./tensor64.js";
import { createTurns } from "./turns.js";

/** Computes a node's value in the reference way, from any operands. */
export type Standard = (operands: readonly Tensor64[]) => Promise<Tensor64>;

/** Another way to compute one node. For a parameter there are no operands, and `standard` reads it. */
export type NodeRule = (operands: readonly Tensor64[], standard: Standard) => Tensor64 | Promise<Tensor64>;

export interface ComputeNodesOptions {
  /** Values of nodes that then are not computed. */
  readonly known?: ReadonlyMap<number, Tensor>;
  /** Nodes that are computed in another way. */
  readonly rules?: ReadonlyMap<number, NodeRule>;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The values of the nodes `targets` in float64: computes what they need, from the inputs and from what is known, and nothing
 * else. A part of a graph can so be run on its own. Values are dropped after their last use.
 */
export async function computeNodes(
  graph: Graph,
  parameters: ParameterSource,
  inputs: ModelInputs,
  targets: Iterable<number>,
  { known = new Map(), rules = new Map(), signal }: ComputeNodesOptions = {},
): Promise<ReadonlyMap<number, Tensor64>> {
  const fed = feeds64(inputs);
  const turns = createTurns(signal);
  const wanted = new Set(targets);
  const live = new Map<number, Tensor64>();
  const results = new Map<number, Tensor64>();

  async function standardValue(node: GraphNode, operands: readonly Tensor64[]): Promise<Tensor64> {
    if (node.operation.op !== "parameter") return await nodeValue(node, operands, fed, turns);
    const { parameter } = node.operation;
    const data = toFloat64(await parameters.read(parameter, { signal }));
    if (data.length === elementCount(node.shape)) return { shape: node.shape, data };
    throw new Error(`${parameter}: expected numbers for ${formatShape(node.shape)}, found ${data.length}`);
  }

  async function valueAt(id: number): Promise<Tensor64> {
    const present = live.get(id);
    if (present !== undefined) return present;
    const node = graph.nodes[id];
    if (node === undefined) throw new Error(`${graph.name}: there is no node ${id}`);
    const given = known.get(id);
    if (given !== undefined) return keep(id, { shape: given.shape, data: toFloat64(given.data) });
    const operands: Tensor64[] = [];
    for (const input of node.inputs) operands.push(await valueAt(input));
    const rule = rules.get(id);
    const standard: Standard = (others) => standardValue(node, others);
    return keep(id, await (rule === undefined ? standard(operands) : rule(operands, standard)));
  }

  function keep(id: number, value: Tensor64): Tensor64 {
    live.set(id, value);
    if (wanted.has(id)) results.set(id, value);
    return value;
  }

  // What stands before a known node is not needed: it has no inputs here.
  const nodes = graph.nodes.map((node) => (known.has(node.id) ? { ...node, inputs: [] } : node));
  for (const { node, drop } of schedule({ ...graph, nodes }, wanted)) {
    await valueAt(node.id);
    for (const id of drop) live.delete(id);
  }
  // The schedule has no step for a parameter that is a target itself.
  for (const id of wanted) if (!results.has(id)) await valueAt(id);
  return results;
}
