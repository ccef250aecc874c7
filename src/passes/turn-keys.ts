import { isOp } from "../graph/node-of.js";
import { editGraph } from "./graph-editor.js";
import type { Pass } from "./pass.js";

/**
 * Attention multiplies queries by keys lying across. tfjs-wasm does such a product in plain loops (132 ms for biggan-deep-128's), and
 * one of matrices as they lie with vector instructions (12 ms); turning the keys beforehand costs next to nothing.
 */
export const turnKeys: Pass = {
  name: "turn-keys",
  description: "turns attention's keys before they meet the queries",
  apply(rewritten) {
    const editor = editGraph(rewritten);
    for (const { id } of editor.nodes()) {
      const node = editor.node(id);
      if (!isOp(node, "attend") || node.operation.turnsKeys === true) continue;
      const inputs = node.inputs.map((input) => editor.node(input));
      editor.replace(node, editor.add({ ...node.operation, turnsKeys: true }, inputs, node.shape, node.name));
    }
    return editor.finish();
  },
};
