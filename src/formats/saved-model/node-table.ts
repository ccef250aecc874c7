import type { ContentAside } from "./contents-aside.js";
import { type InputReference, parseInput } from "./input-reference.js";
import type { NodeDef } from "./types.js";

/** The nodes of a graph or of a function's body, by position. Of ten thousands few are ever looked at as objects: the rest is asked for by position. */
export interface NodeTable extends Iterable<NodeDef> {
  readonly length: number;
  /** The same object at each call. */
  at(position: number): NodeDef | undefined;
  /** Of `at`, without making it; "" where there is none. */
  op(position: number): string;
  /** Of `at`, without making it. */
  contentAside(position: number): ContentAside | undefined;
  /** Where the node of a name is. */
  find(name: string): number | undefined;
  /** Where a node of this table is; of another one, where the node of its name is. */
  positionOf(node: NodeDef): number | undefined;
  /** The name that two nodes have, if there is one. */
  readonly twice: string | undefined;
  /** Says where each input that carries a value comes from, in order. */
  eachInput(position: number, take: TakeInput): void;
}

/** `from` is undefined when there is no node of the name. `reference` says which output, of those that are not an unnamed output 0. */
export type TakeInput = (from: number | undefined, reference: InputReference | undefined) => void;

/** Of nodes that are objects already. */
export function tableOf(nodes: readonly NodeDef[]): NodeTable {
  const byName = new Map<string, number>();
  let twice: string | undefined;
  for (const [position, { name }] of nodes.entries()) {
    if (byName.has(name)) twice ??= name;
    else byName.set(name, position);
  }
  const find = (name: string) => byName.get(name);
  return {
    length: nodes.length,
    at: (position) => nodes[position],
    op: (position) => nodes[position]?.op ?? "",
    contentAside: (position) => nodes[position]?.contentAside,
    find,
    positionOf: ({ name }) => byName.get(name),
    twice,
    eachInput(position, take) {
      takeReferences(nodes[position]?.inputs ?? [], find, take);
    },
    [Symbol.iterator]: () => nodes[Symbol.iterator](),
  };
}

/** {@link NodeTable.eachInput} of inputs as they are stored. */
export function takeReferences(inputs: readonly string[], find: NodeTable["find"], take: TakeInput): void {
  for (const input of inputs) {
    const reference = parseInput(input);
    if (reference.control) continue;
    const isFirst = reference.output === 0 && reference.outputName === undefined;
    take(find(reference.node), isFirst ? undefined : reference);
  }
}
