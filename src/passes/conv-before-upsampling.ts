import { isOp } from "../graph/node-of.js";
import { editGraph } from "./graph-editor.js";
import type { Pass } from "./pass.js";

/** A 1 x 1 convolution treats each pixel alone, so it may as well work on a quarter of them, before they are copied. */
export const convBeforeUpsampling: Pass = {
  name: "conv-before-upsampling",
  description: "moves 1 x 1 convolutions before the upsampling that precedes them",
  apply(rewritten) {
    const editor = editGraph(rewritten);
    for (const { id } of editor.nodes()) {
      const node = editor.node(id);
      if (!isOp(node, "conv2d")) continue;
      const [upsample, filter] = [editor.input(node, 0), editor.input(node, 1)];
      if (!isOp(upsample, "upsample2x") || filter.shape[0] !== 1 || filter.shape[1] !== 1) continue;
      const x = editor.input(upsample, 0);
      const [n = 0, h = 0, w = 0] = x.shape;
      const weights = node.inputs.slice(1).map((weight) => editor.node(weight));
      const conv = editor.add(node.operation, [x, ...weights], [n, h, w, node.shape[3] ?? 0], node.name);
      editor.replace(node, editor.add(upsample.operation, [conv], node.shape, upsample.name));
    }
    return editor.finish();
  },
};
