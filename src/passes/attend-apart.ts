import { isOp } from "../graph/node-of.js";
import { editGraph } from "./graph-editor.js";
import type { Pass } from "./pass.js";

/** Pictures of a batch that attend on their own; of a larger one the others attend together. */
const PICTURES = 8;

/** Of one picture. Below it, the steps for pictures that are not there take longer than the loops (1 and 6 ms). */
const LEAST_MULTIPLY_ADDS = 2 ** 22;

/**
 * tfjs-wasm multiplies one pair of matrices with vector instructions, and several at once in plain loops (biggan-deep-128 at batch 8: 55 and
 * 1000 ms of a picture). How many pictures there are is known in the run: a graph has steps for eight, of which those beyond the batch are empty.
 */
export const attendApart: Pass = attendingApart(LEAST_MULTIPLY_ADDS);

/** The pass for attention of so many multiply-adds and more. */
export function attendingApart(leastMultiplyAdds: number): Pass {
  return {
    name: "attend-apart",
    description: "lets the first eight pictures of a batch attend one by one",
    apply(rewritten) {
      const editor = editGraph(rewritten);
      for (const { id } of editor.nodes()) {
        const node = editor.node(id);
        if (!isOp(node, "attend") || node.operation.apart !== undefined) continue;
        const [, queries = 0, depth = 0] = editor.input(node, 0).shape;
        const [, keys = 0, width = 0] = editor.input(node, 2).shape;
        if (queries * keys * (depth + width) < leastMultiplyAdds) continue;
        const inputs = node.inputs.map((input) => editor.node(input));
        const operation = { ...node.operation, apart: PICTURES };
        editor.replace(node, editor.add(operation, inputs, node.shape, node.name));
      }
      return editor.finish();
    },
  };
}
