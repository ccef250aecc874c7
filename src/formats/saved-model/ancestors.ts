import { FormatError } from "../../core/errors.js";
import type { GraphIndex } from "./graph-index.js";
import type { NodeTable } from "./node-table.js";
import type { NodeDef } from "./types.js";

export interface AncestorOptions {
  /** Follow control inputs too. */
  readonly control?: boolean;
}

const WALKED = 1;
const DONE = 2;

/**
 * The nodes that the given ones depend on, and themselves: every node after its inputs, and earlier inputs with all they need before later ones.
 * The value that a loop's Merge takes from its NextIteration belongs to the next round: it is no ancestor.
 * Throws {@link FormatError} when they form a cycle.
 */
export function ancestors(index: GraphIndex, outputs: readonly NodeDef[], options: AncestorOptions = {}): NodeDef[] {
  const order = ancestorPositions(index, outputs.map(index.positionOf), options);
  return order.flatMap((position) => index.nodes.at(position) ?? []);
}

/** The same by their positions in the index. */
export function ancestorPositions(
  index: GraphIndex,
  outputs: readonly number[],
  { control = false }: AncestorOptions = {},
): number[] {
  const { nodes } = index;
  const order: number[] = [];
  const states = new Uint8Array(nodes.length);
  // An explicit stack: a chain of 10^5 nodes would overflow the call stack.
  const stack: number[] = [];
  /** How many inputs of each node on the stack have been visited. */
  const visited: number[] = [];
  const controls = new Map<number, readonly number[]>();

  function controlOf(position: number): readonly number[] {
    const known = controls.get(position) ?? index.controlSources(position);
    controls.set(position, known);
    return known;
  }

  function visit(position: number, user: number): void {
    const state = states[position];
    if (state === DONE) return;
    if (state === WALKED) {
      throw new FormatError(
        { file: index.file, field: `node ${nodes.at(user)?.name}` },
        "inputs that do not depend on it",
        `a cycle through ${nodes.at(position)?.name}`,
      );
    }
    const isLeaf = index.dataCount(position) === 0 && (!control || controlOf(position).length === 0);
    if (isLeaf) {
      states[position] = DONE;
      order.push(position);
      return;
    }
    states[position] = WALKED;
    stack.push(position);
    visited.push(0);
  }

  for (const output of outputs) {
    visit(output, output);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const at = visited[visited.length - 1] ?? 0;
      visited[visited.length - 1] = at + 1;
      const count = index.dataCount(top);
      const input = at < count ? index.dataSource(top, at) : control ? controlOf(top)[at - count] : undefined;
      if (input === undefined) {
        states[top] = DONE;
        order.push(top);
        stack.pop();
        visited.pop();
      } else if (!isNextRound(nodes, top, input)) visit(input, top);
    }
  }
  return order;
}

function isNextRound(nodes: NodeTable, user: number, input: number): boolean {
  return nodes.op(user) === "Merge" && nodes.op(input) === "NextIteration";
}
