import type { Shape } from "../core/tensor.js";
import type { GraphNode, Operation, Parameter } from "../graph/graph.js";
import type { DerivedParameter } from "./derived-parameters.js";
import { liveNodes } from "./live-nodes.js";
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
  const parameters = new Map(graph.parameters);
  const recipes = new Map(derived);
  // Also of parameters that are no longer there: recipes may still name them.
  const taken = new Set([
    ...parameters.keys(),
    ...derived.keys(),
    ...[...derived.values()].flatMap(({ inputs }) => inputs),
  ]);
  /** Of each node, the numbers of those that use it, dead ones too. */
  const userIds: Set<number>[] = nodes.map(() => new Set<number>());
  for (const { id, inputs } of nodes) for (const input of inputs) userIds[input]?.add(id);
  /** Of each node, how many inputs of live nodes and how many layers it is: a node is live when it is any. */
  const liveUses = nodes.map(() => 0);
  for (const id of layers.values()) gain(id);
  let changed = false;
  let live: { readonly nodes: readonly GraphNode[]; readonly positions: ReadonlyMap<number, number> } | undefined;

  function gain(id: number): void {
    const waiting = [id];
    for (let each = waiting.pop(); each !== undefined; each = waiting.pop()) {
      const before = liveUses[each] ?? 0;
      liveUses[each] = before + 1;
      if (before === 0) waiting.push(...nodeAt(each).inputs);
    }
  }

  function lose(id: number): void {
    const waiting = [id];
    for (let each = waiting.pop(); each !== undefined; each = waiting.pop()) {
      const after = (liveUses[each] ?? 0) - 1;
      liveUses[each] = after;
      if (after === 0) waiting.push(...nodeAt(each).inputs);
    }
  }

  /** First what the new one needs: some of it may be what the old one needed. */
  function move(from: number, to: number): void {
    gain(to);
    lose(from);
  }

  const append = (operation: Operation, inputs: readonly GraphNode[], shape: Shape, name: string): GraphNode => {
    const node = { id: nodes.length, name, operation, inputs: inputs.map(({ id }) => id), shape };
    nodes.push(node);
    userIds.push(new Set<number>());
    liveUses.push(0);
    for (const input of node.inputs) userIds[input]?.add(node.id);
    return node;
  };
  function nodeAt(id: number): GraphNode {
    const node = nodes[id];
    if (node === undefined) throw new Error(`passes: there is no node ${id}`);
    return node;
  }
  const current = () => {
    if (live === undefined) {
      const found = liveNodes(nodes, layers.values());
      live = { nodes: found, positions: new Map(found.map(({ id }, position) => [id, position])) };
    }
    return live;
  };
  const users = ({ id }: GraphNode) => {
    const found = [...(userIds[id] ?? [])].filter((user) => (liveUses[user] ?? 0) > 0);
    // Of one there is no order to find.
    if (found.length < 2) return found.map(nodeAt);
    const { positions } = current();
    const position = (user: number) => positions.get(user) ?? -1;
    return found.sort((a, b) => position(a) - position(b)).map(nodeAt);
  };
  const isLayer = (id: number) => {
    for (const layer of layers.values()) if (layer === id) return true;
    return false;
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
    usedOnce({ id }) {
      let count = 0;
      for (const user of userIds[id] ?? []) if ((liveUses[user] ?? 0) > 0) count++;
      return count === 1 && !isLayer(id);
    },
    kindOf: ({ operation }) =>
      (operation.op === "parameter" ? parameters.get(operation.parameter)?.kind : undefined) ?? "weight",
    add: (operation, inputs, shape, name) => append(operation, inputs, shape, name),
    parameter(stem, shape, kind, recipe) {
      const name = unused(stem, taken);
      taken.add(name);
      parameters.set(name, { name, shape, kind });
      recipes.set(name, recipe);
      return append({ op: "parameter", parameter: name }, [], shape, name);
    },
    replace(node, by) {
      changed = true;
      for (const id of userIds[node.id] ?? []) {
        if (id === by.id) continue;
        const user = nodeAt(id);
        nodes[id] = { ...user, inputs: user.inputs.map((input) => (input === node.id ? by.id : input)) };
        if ((liveUses[id] ?? 0) > 0) {
          for (const input of user.inputs) if (input === node.id) move(node.id, by.id);
        }
        userIds[node.id]?.delete(id);
        userIds[by.id]?.add(id);
      }
      for (const [layer, id] of layers) {
        if (id !== node.id) continue;
        layers.set(layer, by.id);
        move(node.id, by.id);
      }
      live = undefined;
    },
    finish() {
      if (!changed) return start;
      const kept = current().nodes;
      const renumbered = new Map(kept.map(({ id }, index) => [id, index]));
      const at = (id: number) => renumbered.get(id) ?? -1;
      return {
        graph: {
          ...graph,
          nodes: named(kept).map((node, id) => ({ ...node, id, inputs: node.inputs.map(at) })),
          parameters: usedParameters(kept, parameters),
          layers: new Map([...layers].map(([layer, id]) => [layer, at(id)])),
        },
        derived: recipes,
      };
    },
  };
}

/** Nodes of one name get numbers behind it; a parameter's node keeps the parameter's name. */
function named(nodes: readonly GraphNode[]): readonly GraphNode[] {
  const names = new Set(nodes.flatMap(({ operation, name }) => (operation.op === "parameter" ? name : [])));
  return nodes.map((node) => {
    if (node.operation.op === "parameter") return node;
    const name = unused(node.name, names);
    names.add(name);
    return { ...node, name };
  });
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
  const used = nodes.flatMap(({ operation }) => (operation.op === "parameter" ? operation.parameter : []));
  return new Map(
    used.flatMap((name) => {
      const parameter = parameters.get(name);
      return parameter === undefined ? [] : [[name, parameter] as const];
    }),
  );
}
