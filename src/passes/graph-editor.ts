import type { Shape } from "../core/tensor.js";
import type { Graph, GraphNode, Operation, Parameter } from "../graph/graph.js";
import type { DerivedParameter } from "./derived-parameters.js";
import { liveNodes } from "./live-nodes.js";
import { createNodeUses, type NodeUses } from "./node-uses.js";
import type { Rewritten } from "./pass.js";

/** A graph while a pass changes it. Node numbers are stable until {@link GraphEditor.finish}. */
export interface GraphEditor {
  /** The nodes that layers depend on, inputs before users. A snapshot. */
  nodes(): readonly GraphNode[];
  /** Throws an Error for a number that is not there: a fault of the pass. */
  node(id: number): GraphNode;
  /** The node at a position of another node's inputs. */
  input(node: GraphNode, position: number): GraphNode;
  /** The live nodes that use this one. */
  users(node: GraphNode): readonly GraphNode[];
  /** Whether one node, and no layer, needs this one. */
  usedOnce(node: GraphNode): boolean;
  /** Of a parameter's node. */
  kindOf(node: GraphNode): Parameter["kind"];
  /** Appends a node. The name is made unique in the end. */
  add(operation: Operation, inputs: readonly GraphNode[], shape: Shape, name: string): GraphNode;
  /** Appends a parameter that is computed from others. */
  parameter(name: string, shape: Shape, kind: Parameter["kind"], recipe: DerivedParameter): GraphNode;
  /** All users and layers of `node` take `by` instead. */
  replace(node: GraphNode, by: GraphNode): void;
  /** The graph of the live nodes, numbered anew, and the recipes of all parameters derived so far. What was given, when nothing was replaced. */
  finish(): Rewritten;
}

export function editGraph(start: Rewritten): GraphEditor {
  const { graph, derived } = start;
  const nodes: GraphNode[] = [...graph.nodes];
  const layers = new Map(graph.layers);
  const layerNodes = new Set(layers.values());
  /** Copied when the first is added: most passes find nothing to do in most rounds. */
  let added:
    | { parameters: Map<string, Parameter>; recipes: Map<string, DerivedParameter>; taken: Set<string> }
    | undefined;
  const additions = () => {
    added ??= {
      parameters: new Map(graph.parameters),
      recipes: new Map(derived),
      taken: takenNames(start),
    };
    return added;
  };
  /** Made when they are first asked for, in the same way. */
  let known: NodeUses | undefined;
  const uses = (): NodeUses => {
    known ??= createNodeUses(nodes, layers.values());
    return known;
  };
  let changed = false;
  let live: Live | undefined;

  const append = (operation: Operation, inputs: readonly GraphNode[], shape: Shape, name: string): GraphNode => {
    const node = { id: nodes.length, name, operation, inputs: inputs.map(({ id }) => id), shape };
    nodes.push(node);
    known?.appended(node);
    return node;
  };
  function nodeAt(id: number): GraphNode {
    const node = nodes[id];
    if (node === undefined) throw new Error(`passes: there is no node ${id}`);
    return node;
  }
  const current = (): Live => {
    live ??= changed ? findLive(nodes, layers) : liveOf(graph);
    return live;
  };
  const users = ({ id }: GraphNode) => {
    const found = uses().liveUsers(id);
    // Of one there is no order to find.
    if (found.length < 2) return found.map(nodeAt);
    const { positions } = current();
    const position = (user: number) => positions[user] ?? -1;
    return found.sort((a, b) => position(a) - position(b)).map(nodeAt);
  };

  return {
    nodes: () => current().nodes,
    node: nodeAt,
    input(node, position) {
      const id = nodeAt(node.id).inputs[position];
      if (id === undefined) throw new Error(`passes: ${node.name}: there is no input ${position}`);
      return nodeAt(id);
    },
    users,
    usedOnce: ({ id }) => uses().liveUsers(id).length === 1 && !layerNodes.has(id),
    kindOf: ({ operation }) =>
      (operation.op === "parameter" ? (added ?? graph).parameters.get(operation.parameter)?.kind : undefined) ??
      "weight",
    add: (operation, inputs, shape, name) => append(operation, inputs, shape, name),
    parameter(stem, shape, kind, recipe) {
      const { parameters, recipes, taken } = additions();
      const name = unused(stem, taken);
      taken.add(name);
      parameters.set(name, { name, shape, kind });
      recipes.set(name, recipe);
      return append({ op: "parameter", parameter: name }, [], shape, name);
    },
    replace(node, by) {
      const { allUsers, rewired, layerMoved } = uses();
      changed = true;
      for (const id of allUsers(node.id)) {
        if (id === by.id) continue;
        const user = nodeAt(id);
        nodes[id] = { ...user, inputs: user.inputs.map((input) => (input === node.id ? by.id : input)) };
        rewired(id, user.inputs, node.id, by.id);
      }
      live = undefined;
      if (!layerNodes.delete(node.id)) return;
      layerNodes.add(by.id);
      for (const [layer, id] of layers) {
        if (id !== node.id) continue;
        layers.set(layer, by.id);
        layerMoved(node.id, by.id);
      }
    },
    finish() {
      if (!changed) return start;
      const kept = current().nodes;
      const renumbered = current().positions;
      const at = (id: number) => renumbered[id] ?? -1;
      const nameOf = uniqueNames(kept);
      const renamed = (node: GraphNode, id: number): GraphNode => {
        const { operation, shape } = node;
        const name = nameOf(node);
        const inputs = node.inputs.every((input) => at(input) === input) ? node.inputs : node.inputs.map(at);
        const isSame = id === node.id && name === node.name && inputs === node.inputs;
        return isSame ? node : { id, name, operation, inputs, shape };
      };
      return {
        graph: {
          ...graph,
          nodes: kept.map(renamed),
          parameters: usedParameters(kept, (added ?? graph).parameters),
          layers: new Map([...layers].map(([layer, id]) => [layer, at(id)])),
        },
        derived: added?.recipes ?? derived,
      };
    },
  };
}

/** The nodes that layers depend on, and where each stands among them. */
interface Live {
  readonly nodes: readonly GraphNode[];
  /** By the node's number. */
  readonly positions: Int32Array;
}

function findLive(nodes: readonly GraphNode[], layers: ReadonlyMap<string, number>): Live {
  const found = liveNodes(nodes, layers.values());
  const positions = new Int32Array(nodes.length).fill(-1);
  for (let position = 0; position < found.length; position++) positions[found[position]?.id ?? -1] = position;
  return { nodes: found, positions };
}

/** Of graphs as passes are given them: one after another looks at the same. */
const lives = new WeakMap<Graph, Live>();

function liveOf(graph: Graph): Live {
  const live = lives.get(graph) ?? findLive(graph.nodes, graph.layers);
  lives.set(graph, live);
  return live;
}

/** Also of parameters that are no longer there: recipes may still name them. */
function takenNames({ graph, derived }: Rewritten): Set<string> {
  const names = new Set(graph.parameters.keys());
  for (const [name, { inputs }] of derived) {
    names.add(name);
    for (const input of inputs) names.add(input);
  }
  return names;
}

/** Nodes of one name get numbers behind it, in the order in which they are asked for; a parameter's node keeps the parameter's name. */
function uniqueNames(nodes: readonly GraphNode[]): (node: GraphNode) => string {
  const names = new Set<string>();
  for (let id = 0; id < nodes.length; id++) {
    const node = nodes[id];
    if (node?.operation.op === "parameter") names.add(node.name);
  }
  return ({ operation, name: stem }) => {
    if (operation.op === "parameter") return stem;
    const name = unused(stem, names);
    names.add(name);
    return name;
  };
}

function unused(stem: string, names: ReadonlySet<string>): string {
  let name = stem;
  for (let copy = 1; names.has(name); copy++) name = `${stem}_${copy}`;
  return name;
}

/** In the order of the nodes. */
function usedParameters(
  nodes: readonly GraphNode[],
  parameters: ReadonlyMap<string, Parameter>,
): ReadonlyMap<string, Parameter> {
  const used = new Map<string, Parameter>();
  for (let id = 0; id < nodes.length; id++) {
    const operation = nodes[id]?.operation;
    const parameter = operation?.op === "parameter" ? parameters.get(operation.parameter) : undefined;
    if (parameter !== undefined) used.set(parameter.name, parameter);
  }
  return used;
}
