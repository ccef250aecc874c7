import { FormatError } from "../../core/errors.js";
import type { GraphIndex } from "./graph-index.js";
import type { NodeDef } from "./types.js";

export interface AncestorOptions {
  /** Follow control inputs too. */
  readonly control?: boolean;
}

/** The inputs to follow. The value that a loop's Merge takes from its NextIteration belongs to the next round: it is no ancestor. */
function inputsOf(index: GraphIndex, node: NodeDef, control: boolean): NodeDef[] {
  const data = index.dataInputs(node).map((value) => value.node);
  const inputs = control ? [...data, ...index.controlInputs(node)] : data;
  return node.op === "Merge" ? inputs.filter((input) => input.op !== "NextIteration") : inputs;
}

/**
 * The nodes that the given ones depend on, and themselves: every node after its inputs, and earlier inputs with all they need before later ones.
 * Throws {@link FormatError} when they form a cycle.
 */
export function ancestors(
  index: GraphIndex,
  outputs: readonly NodeDef[],
  { control = false }: AncestorOptions = {},
): NodeDef[] {
  const order: NodeDef[] = [];
  const state = new Map<NodeDef, "open" | "done">();
  // An explicit stack: a chain of 10^5 nodes would overflow the call stack.
  const stack = outputs.toReversed().map((node) => ({ node, inputs: inputsOf(index, node, control), next: 0 }));
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    if (top.next === 0 && state.has(top.node)) {
      stack.pop();
      continue;
    }
    state.set(top.node, "open");
    const input = top.inputs[top.next++];
    if (input === undefined) {
      state.set(top.node, "done");
      order.push(top.node);
      stack.pop();
    } else if (state.get(input) === "open") {
      throw new FormatError(
        { file: index.file, field: `node ${top.node.name}` },
        "inputs that do not depend on it",
        `a cycle through ${input.name}`,
      );
    } else if (!state.has(input)) {
      stack.push({ node: input, inputs: inputsOf(index, input, control), next: 0 });
    }
  }
  return order;
}
