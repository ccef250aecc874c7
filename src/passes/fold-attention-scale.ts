import { elementCount } from "../core/tensor.js";
import type { GraphNode } from "../graph/graph.js";
import { isOp } from "../graph/node-of.js";
import { editGraph } from "./graph-editor.js";
import type { Pass } from "./pass.js";
import { timesNumber } from "./times-number.js";

/** A convolution times a learned number is the convolution with that number in its filter and bias: attention's `o` and gamma. */
export const foldAttentionScale: Pass = {
  name: "fold-attention-scale",
  description: "multiplies attention's last convolution by its learned scale",
  apply(rewritten) {
    const editor = editGraph(rewritten);
    for (const { id } of editor.nodes()) {
      const node = editor.node(id);
      if (!isOp(node, "scale")) continue;
      const [conv, factor] = [editor.input(node, 0), editor.input(node, 1)];
      if (!isOp(conv, "conv2d") || !isOp(factor, "parameter") || !editor.usedOnce(conv)) continue;
      const weights = conv.inputs.slice(1).map((weight) => editor.node(weight));
      if (!weights.every((weight) => isOp(weight, "parameter"))) continue;

      const scaled = weights.map(
        (weight): GraphNode =>
          editor.parameter(
            `${weight.name}.scaled`,
            weight.shape,
            "weight",
            timesNumber({ values: weight.name, length: elementCount(weight.shape), number: factor.name }),
          ),
      );
      editor.replace(node, editor.add(conv.operation, [editor.input(conv, 0), ...scaled], node.shape, conv.name));
    }
    return editor.finish();
  },
};
