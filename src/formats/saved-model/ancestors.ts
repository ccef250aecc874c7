import { FormatError } from "../../core/errors.js";
import type { GraphIndex, Value } from "./graph-index.js";
import type { NodeDef } from "./types.js";

export interface AncestorOptions {
  /** Follow control inputs too. */
  readonly control?: boolean;
}

/**
 * The nodes that the given ones depend on, and themselves: every node after its inputs, and earlier inputs with all they need before later ones.
 * The value that a loop's Merge takes from its NextIteration belongs to the next round: it is no ancestor.
 * Throws {@link FormatError} when they form a cycle.
 */
export function ancestors(
  index: GraphIndex,
  outputs: readonly NodeDef[],
  { control = false }: AncestorOptions = {},
): NodeDef[] {
  const order: NodeDef[] = [];
  /** False while a node's inputs are walked. */
  const done = new Map<NodeDef, boolean>();
  // An explicit stack: a chain of 10^5 nodes would overflow the call stack.
  const stack: Visit[] = [];

  function visit(node: NodeDef, user: NodeDef | undefined): void {
    const state = done.get(node);
    if (state === false) {
      throw new FormatError(
        { file: index.file, field: `node ${user?.name}` },
        "inputs that do not depend on it",
        `a cycle through ${node.name}`,
      );
    }
    if (state === true) return;
    const data = index.dataInputs(node);
    const before = control ? index.controlInputs(node) : NOTHING;
    const isLeaf = data.length === 0 && before.length === 0;
    done.set(node, isLeaf);
    if (isLeaf) order.push(node);
    else stack.push({ node, data, before, next: 0 });
  }

  for (const output of outputs) {
    visit(output, undefined);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const { node, data, before } = top;
      const at = top.next++;
      const input = at < data.length ? data[at]?.node : before[at - data.length];
      if (input === undefined) {
        done.set(node, true);
        order.push(node);
        stack.pop();
      } else if (!(node.op === "Merge" && input.op === "NextIteration")) visit(input, node);
    }
  }
  return order;
}

const NOTHING: readonly NodeDef[] = [];

/** A node whose inputs are being walked. */
interface Visit {
  readonly node: NodeDef;
  readonly data: readonly Value[];
  readonly before: readonly NodeDef[];
  next: number;
}
