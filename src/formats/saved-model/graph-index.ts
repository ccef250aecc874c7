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
  /** What a reference such as a signature's `node:0` means here. Throws {@link FormatError} when there is no such node. */
  value(reference: string, user: string): Value;
}

interface Edges {
  readonly data: readonly Value[];
  readonly control: readonly NodeDef[];
}

const NO_EDGES: Edges = { data: [], control: [] };

/** The op of a function's argument: it has no node of its own, and gets one in {@link functionIndex}. */
export const ARGUMENT = "_Arg";

/**
 * Indexes nodes by name. Throws {@link FormatError} for two nodes of one name. Edges are looked up when they are followed: an input that no node
 * has the name of is a {@link FormatError} then. Cycles are found by {@link ancestors}: loops of TF1's control flow are legal.
 */
export function createGraphIndex(file: string, nodes: readonly NodeDef[]): GraphIndex {
  const byName = new Map<string, NodeDef>();
  for (const node of nodes) byName.set(node.name, node);
  if (byName.size < nodes.length) {
    const twice = nodes.find((node) => byName.get(node.name) !== node);
    throw new FormatError({ file, field: `node ${twice?.name}` }, "one of that name", "two");
  }
  const edges = new Map<NodeDef, Edges>();

  function missing(name: string, field: string): never {
    throw new FormatError({ file, field }, `a node named ${name}`, "none");
  }

  function edgesOf(node: NodeDef): Edges {
    const known = edges.get(node);
    if (known !== undefined) return known;
    const { inputs } = node;
    if (inputs.length === 0) return NO_EDGES;
    const data: Value[] = [];
    let before: NodeDef[] | undefined;
    for (const input of inputs) {
      const { node: name, output, outputName, control } = parseInput(input);
      const from = byName.get(name) ?? missing(name, `input ${input} of node ${node.name}`);
      if (!control) data.push({ node: from, output, outputName });
      else if (before === undefined) before = [from];
      else before.push(from);
    }
    const own: Edges = { data, control: before ?? NO_EDGES.control };
    edges.set(node, own);
    return own;
  }

  return {
    file,
    nodes,
    find: (name) => byName.get(name),
    dataInputs: (node) => edgesOf(node).data,
    controlInputs: (node) => edgesOf(node).control,
    value(text, user) {
      const { node, output, outputName } = parseInput(text);
      return { node: byName.get(node) ?? missing(node, `${text} of ${user}`), output, outputName };
    },
  };
}

/** For each node (that is asked about), those of `nodes` that have a data input from it, in their order. */
export function consumersAmong(
  index: GraphIndex,
  nodes: readonly NodeDef[],
  ofNode: (node: NodeDef) => boolean = () => true,
): ReadonlyMap<NodeDef, readonly NodeDef[]> {
  const consumers = new Map<NodeDef, NodeDef[]>();
  for (const node of nodes) {
    for (const { node: from } of index.dataInputs(node)) {
      if (!ofNode(from)) continue;
      const known = consumers.get(from);
      if (known === undefined) consumers.set(from, [node]);
      else if (known.at(-1) !== node) known.push(node);
    }
  }
  return consumers;
}

/** The body of a function; each argument is a node of op {@link ARGUMENT} with its name. */
export function functionIndex(file: string, definition: FunctionDef): GraphIndex {
  const inputs = definition.inputs.map(
    (name): NodeDef => ({ name, op: ARGUMENT, inputs: [], encoded: new Uint8Array() }),
  );
  return createGraphIndex(file, [...inputs, ...definition.nodes]);
}
