import { isOp } from "../graph/node-of.js";
import { editGraph } from "./graph-editor.js";
import type { Pass } from "./pass.js";

/** Channels that are dropped after an upsampling need not be copied in it. */
export const sliceBeforeUpsampling: Pass = {
  name: "slice-before-upsampling",
  description: "drops channels before an upsampling and not after it",
  apply(rewritten) {
    const editor = editGraph(rewritten);
    for (const { id } of editor.nodes()) {
      const node = editor.node(id);
      if (!isOp(node, "slice")) continue;
      const upsample = editor.input(node, 0);
      if (!isOp(upsample, "upsample2x") || !editor.usedOnce(upsample)) continue;
      const x = editor.input(upsample, 0);
      const cut = editor.add(node.operation, [x], [...x.shape.slice(0, -1), node.operation.size], node.name);
      editor.replace(node, editor.add(upsample.operation, [cut], node.shape, upsample.name));
    }
    return editor.finish();
  },
};
