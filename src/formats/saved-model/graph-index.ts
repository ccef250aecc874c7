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
  /** Where a node stands in `nodes`. */
  positionOf(node: NodeDef): number;
  /** Positions of the nodes of {@link dataInputs}: walks over whole graphs go by numbers. */
  dataSources(position: number): readonly number[];
  /** Positions of {@link controlInputs}. */
  controlSources(position: number): readonly number[];
}

/** The inputs of one node, by position. */
interface Edges {
  readonly data: readonly number[];
  readonly control: readonly number[];
  /** What is said of those data inputs that are not an unnamed output 0. */
  readonly outputs: ReadonlyMap<number, Pick<Value, "output" | "outputName">> | undefined;
}

const NONE: readonly number[] = [];
const NO_EDGES: Edges = { data: NONE, control: NONE, outputs: undefined };
const FIRST_OUTPUT = { output: 0, outputName: undefined } as const;

/** The op of a function's argument: it has no node of its own, and gets one in {@link functionIndex}. */
export const ARGUMENT = "_Arg";

/**
 * Indexes nodes by name. Throws {@link FormatError} for two nodes of one name. Edges are looked up when they are followed: an input that no node
 * has the name of is a {@link FormatError} then. Cycles are found by {@link ancestors}: loops of TF1's control flow are legal.
 */
export function createGraphIndex(file: string, nodes: readonly NodeDef[]): GraphIndex {
  const byName = new Map<string, number>();
  for (let position = 0; position < nodes.length; position++) byName.set(nodes[position]?.name ?? "", position);
  if (byName.size < nodes.length) {
    const twice = nodes.find((node, position) => byName.get(node.name) !== position);
    throw new FormatError({ file, field: `node ${twice?.name}` }, "one of that name", "two");
  }
  const edges: (Edges | undefined)[] = new Array(nodes.length).fill(undefined);
  const values = new Map<NodeDef, readonly Value[]>();

  function missing(name: string, field: string): never {
    throw new FormatError({ file, field }, `a node named ${name}`, "none");
  }

  function nodeAt(position: number): NodeDef {
    const node = nodes[position];
    if (node === undefined) throw new Error(`${file}: there is no node ${position}`);
    return node;
  }

  function edgesOf(position: number): Edges {
    const known = edges[position];
    if (known !== undefined) return known;
    const node = nodeAt(position);
    const own = readEdges(node);
    edges[position] = own;
    return own;
  }

  function readEdges(node: NodeDef): Edges {
    const { inputs } = node;
    if (inputs.length === 0) return NO_EDGES;
    const data: number[] = [];
    let control: number[] | undefined;
    let outputs: Map<number, Pick<Value, "output" | "outputName">> | undefined;
    for (const input of inputs) {
      // Most inputs are a bare name: no need for an object.
      const bare = input.includes(":") ? undefined : byName.get(input);
      if (bare !== undefined && !input.startsWith("^")) {
        data.push(bare);
        continue;
      }
      const { node: name, output, outputName, control: isControl } = parseInput(input);
      const from = byName.get(name) ?? missing(name, `input ${input} of node ${node.name}`);
      if (isControl) {
        control ??= [];
        control.push(from);
        continue;
      }
      if (output !== 0 || outputName !== undefined) {
        outputs ??= new Map();
        outputs.set(data.length, { output, outputName });
      }
      data.push(from);
    }
    return { data, control: control ?? NONE, outputs };
  }

  function positionOf(node: NodeDef): number {
    return byName.get(node.name) ?? missing(node.name, "the graph");
  }

  return {
    file,
    nodes,
    find(name) {
      const position = byName.get(name);
      return position === undefined ? undefined : nodes[position];
    },
    dataInputs(node) {
      const known = values.get(node);
      if (known !== undefined) return known;
      const { data, outputs } = edgesOf(positionOf(node));
      const found = data.map((from, at): Value => ({ node: nodeAt(from), ...(outputs?.get(at) ?? FIRST_OUTPUT) }));
      values.set(node, found);
      return found;
    },
    controlInputs: (node) => edgesOf(positionOf(node)).control.map(nodeAt),
    value(text, user) {
      const { node, output, outputName } = parseInput(text);
      const position = byName.get(node) ?? missing(node, `${text} of ${user}`);
      return { node: nodeAt(position), output, outputName };
    },
    positionOf,
    dataSources: (position) => edgesOf(position).data,
    controlSources: (position) => edgesOf(position).control,
  };
}

/** For each node (that is asked about), those of `order` that have a data input from it, in their order. All by position. */
export function consumersAmong(
  index: GraphIndex,
  order: readonly number[],
  ofNode: (node: NodeDef) => boolean = () => true,
): ReadonlyMap<number, readonly number[]> {
  const consumers = new Map<number, number[]>();
  for (const user of order) {
    for (const from of index.dataSources(user)) {
      const node = index.nodes[from];
      if (node === undefined || !ofNode(node)) continue;
      const known = consumers.get(from);
      if (known === undefined) consumers.set(from, [user]);
      else if (known.at(-1) !== user) known.push(user);
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
