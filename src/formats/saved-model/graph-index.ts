import { FormatError } from "../../core/errors.js";
import { type InputReference, parseInput } from "./input-reference.js";
import { type NodeTable, tableOf } from "./node-table.js";
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
  readonly nodes: NodeTable;
  /** In the order of the node's inputs. */
  dataInputs(node: NodeDef): readonly Value[];
  /** Nodes that must have run before. */
  controlInputs(node: NodeDef): readonly NodeDef[];
  /** What a reference such as a signature's `node:0` means here. Throws {@link FormatError} when there is no such node. */
  value(reference: string, user: string): Value;
  /** Where a node stands in `nodes`. */
  positionOf(node: NodeDef): number;
  /** How many {@link dataInputs} the node at a position has: walks over whole graphs go by numbers. */
  dataCount(position: number): number;
  /** Position of the node of one of them. */
  dataSource(position: number, input: number): number;
  /** Positions of {@link controlInputs}. */
  controlSources(position: number): readonly number[];
}

/** The op of a function's argument: it has no node of its own, and gets one in {@link functionIndex}. */
export const ARGUMENT = "_Arg";

/** Of the edges: grows with what is followed. */
const FIRST_CAPACITY = 64;

/** Inputs that have not been looked at. */
const UNKNOWN = -1;

/**
 * Indexes nodes by name. Throws {@link FormatError} for two nodes of one name. Edges are looked up when they are followed: an input that no node
 * has the name of is a {@link FormatError} then. Cycles are found by {@link ancestors}: loops of TF1's control flow are legal.
 */
export function createGraphIndex(file: string, nodes: NodeTable): GraphIndex {
  if (nodes.twice !== undefined)
    throw new FormatError({ file, field: `node ${nodes.twice}` }, "one of that name", "two");
  /** Sources of the data inputs, those of one node side by side; where each node's begin, and how many they are. */
  let sources = new Int32Array(FIRST_CAPACITY);
  let filled = 0;
  const starts = new Int32Array(nodes.length);
  const counts = new Int32Array(nodes.length).fill(UNKNOWN);
  /** Where in `sources` an input is not an unnamed output 0. */
  const references = new Map<number, InputReference>();
  const values = new Map<NodeDef, readonly Value[]>();

  function missing(name: string, field: string): never {
    throw new FormatError({ file, field }, `a node named ${name}`, "none");
  }

  function nodeAt(position: number): NodeDef {
    const node = nodes.at(position);
    if (node === undefined) throw new Error(`${file}: there is no node ${position}`);
    return node;
  }

  function addSource(from: number | undefined, reference: InputReference | undefined): void {
    if (filled === sources.length) {
      const more = new Int32Array(filled * 2);
      more.set(sources);
      sources = more;
    }
    if (reference !== undefined) references.set(filled, reference);
    sources[filled++] = from ?? UNKNOWN;
  }

  /** Looks the inputs up; gives their number. */
  function follow(position: number): number {
    const start = filled;
    nodes.eachInput(position, addSource);
    for (let at = start; at < filled; at++) if (sources[at] === UNKNOWN) throwMissing(nodeAt(position));
    starts[position] = start;
    counts[position] = filled - start;
    return filled - start;
  }

  function throwMissing({ name, inputs }: NodeDef): never {
    for (const input of inputs) {
      const { node } = parseInput(input);
      if (nodes.find(node) === undefined) missing(node, `input ${input} of node ${name}`);
    }
    throw new Error(`${file}: node ${name}: an input that was missing is there`);
  }

  function dataCount(position: number): number {
    const known = counts[position] ?? 0;
    return known === UNKNOWN ? follow(position) : known;
  }

  /** The inputs of the position must have been counted. */
  function dataSource(position: number, input: number): number {
    return sources[(starts[position] ?? 0) + input] ?? UNKNOWN;
  }

  function positionOf(node: NodeDef): number {
    return nodes.positionOf(node) ?? missing(node.name, "the graph");
  }

  function controlSources(position: number): readonly number[] {
    const { name, inputs } = nodeAt(position);
    return inputs.flatMap((input) => {
      const { node, control } = parseInput(input);
      return control ? (nodes.find(node) ?? missing(node, `input ${input} of node ${name}`)) : [];
    });
  }

  return {
    file,
    nodes,
    dataInputs(node) {
      const known = values.get(node);
      if (known !== undefined) return known;
      const position = positionOf(node);
      const found = Array.from({ length: dataCount(position) }, (_, input): Value => {
        const { output = 0, outputName } = references.get((starts[position] ?? 0) + input) ?? {};
        return { node: nodeAt(dataSource(position, input)), output, outputName };
      });
      values.set(node, found);
      return found;
    },
    controlInputs: (node) => controlSources(positionOf(node)).map(nodeAt),
    value(text, user) {
      const { node, output, outputName } = parseInput(text);
      const position = nodes.find(node) ?? missing(node, `${text} of ${user}`);
      return { node: nodeAt(position), output, outputName };
    },
    positionOf,
    dataCount,
    dataSource,
    controlSources,
  };
}

/** For each node (that is asked about), those of `order` that have a data input from it, in their order. All by position. */
export function consumersAmong(
  index: GraphIndex,
  order: readonly number[],
  ofOp: (op: string) => boolean = () => true,
): ReadonlyMap<number, readonly number[]> {
  const consumers = new Map<number, number[]>();
  for (let at = 0; at < order.length; at++) {
    const user = order[at] ?? -1;
    const count = index.dataCount(user);
    for (let input = 0; input < count; input++) {
      const from = index.dataSource(user, input);
      if (!ofOp(index.nodes.op(from))) continue;
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
  return createGraphIndex(file, tableOf([...inputs, ...definition.nodes]));
}
