import { FormatError } from "../../core/errors.js";
import { parseInput } from "./input-reference.js";
import type { FunctionDef, NodeDef } from "./types.js";

/** One output of one node. */
export interface Value {
  readonly node: NodeDef;
  readonly output: number;
  /** Only in function bodies: the output's name, which {@link output} counts from. */
  readonly outputName: string | undefined;
}

/** A graph (or the body of a function) by its edges. */
export interface GraphIndex {
  /** For messages. */
  readonly file: string;
  readonly nodes: readonly NodeDef[];
  find(name: string): NodeDef | undefined;
  /** In the order of the node's inputs. */
  dataInputs(node: NodeDef): readonly Value[];
  /** Nodes that must have run before. */
  controlInputs(node: NodeDef): readonly NodeDef[];
  /** Nodes with a data input from this one, in the order of the file. */
  consumers(node: NodeDef): readonly NodeDef[];
  /** What a reference such as a signature's `node:0` means here. Throws {@link FormatError} when there is no such node. */
  value(reference: string, field: string): Value;
}

interface Edges {
  readonly data: Value[];
  readonly control: NodeDef[];
}

const NO_NODES: readonly NodeDef[] = [];

/** The op of a function's argument: it has no node of its own, and gets one in {@link functionIndex}. */
export const ARGUMENT = "_Arg";

/**
 * Indexes nodes by name and by edges. Throws {@link FormatError} for two nodes of one name, and for an input that no node has the name of.
 * Cycles are found by {@link ancestors}: loops of TF1's control flow are legal.
 */
export function createGraphIndex(file: string, nodes: readonly NodeDef[]): GraphIndex {
  const byName = new Map<string, NodeDef>();
  for (const node of nodes) {
    if (byName.has(node.name)) throw new FormatError({ file, field: `node ${node.name}` }, "one of that name", "two");
    byName.set(node.name, node);
  }
  const resolve = (name: string, field: string): NodeDef => {
    const node = byName.get(name);
    if (node === undefined) throw new FormatError({ file, field }, `a node named ${name}`, "none");
    return node;
  };
  const edges = new Map<NodeDef, Edges>();
  for (const node of nodes) {
    const own: Edges = { data: [], control: [] };
    for (const input of node.inputs) {
      const reference = parseInput(input);
      const from = byName.get(reference.node) ?? resolve(reference.node, `input ${input} of node ${node.name}`);
      if (reference.control) own.control.push(from);
      else own.data.push({ node: from, output: reference.output, outputName: reference.outputName });
    }
    edges.set(node, own);
  }
  let consumers: Map<NodeDef, NodeDef[]> | undefined;
  return {
    file,
    nodes,
    find: (name) => byName.get(name),
    dataInputs: (node) => edges.get(node)?.data ?? [],
    controlInputs: (node) => edges.get(node)?.control ?? NO_NODES,
    consumers(node) {
      consumers ??= collectConsumers(edges);
      return consumers.get(node) ?? NO_NODES;
    },
    value(text, field) {
      const { node, output, outputName } = parseInput(text);
      return { node: resolve(node, field), output, outputName };
    },
  };
}

function collectConsumers(edges: ReadonlyMap<NodeDef, Edges>): Map<NodeDef, NodeDef[]> {
  const consumers = new Map<NodeDef, NodeDef[]>();
  for (const [node, { data }] of edges) {
    for (const from of new Set(data.map((value) => value.node))) {
      const known = consumers.get(from);
      if (known === undefined) consumers.set(from, [node]);
      else known.push(node);
    }
  }
  return consumers;
}

/** The body of a function; each argument is a node of op {@link ARGUMENT} with its name. */
export function functionIndex(file: string, definition: FunctionDef): GraphIndex {
  const inputs = definition.inputs.map((name): NodeDef => ({ name, op: ARGUMENT, inputs: [], attributes: {} }));
  return createGraphIndex(file, [...inputs, ...definition.nodes]);
}
