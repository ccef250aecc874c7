import type { GraphNode } from "../graph/graph.js";
import { isOp } from "../graph/node-of.js";
import { editGraph, type GraphEditor } from "./graph-editor.js";
import { lessVector } from "./less-vector.js";
import type { Pass } from "./pass.js";

/**
 * A batch norm subtracts a mean, so a bias just before it may as well be subtracted from the mean. The weights of a table's rows sum to 1:
 * the mean of a table less the bias in each row is the mean less the bias.
 */
export const biasIntoBatchNorm: Pass = {
  name: "bias-into-batch-norm",
  description: "moves the bias of a convolution that feeds a batch norm into the norm's means",
  apply(rewritten) {
    const editor = editGraph(rewritten);
    for (const { id } of editor.nodes()) {
      const node = editor.node(id);
      if (isOp(node, "batchNorm")) move(editor, node);
    }
    return editor.finish();
  },
};

function move(editor: GraphEditor, norm: GraphNode): void {
  const [conv, mean] = [editor.input(norm, 0), editor.input(norm, 1)];
  if (!isOp(conv, "conv2d") || conv.inputs.length < 3 || !editor.usedOnce(conv)) return;
  if (!isOp(mean, "matmul") || mean.inputs.length > 2 || !editor.usedOnce(mean)) return;
  const [rows, table] = [editor.input(mean, 0), editor.input(mean, 1)];
  const [x, filter, bias] = [editor.input(conv, 0), editor.input(conv, 1), editor.input(conv, 2)];
  if (!isOp(rows, "truncationWeights") || !isOp(table, "parameter") || !isOp(bias, "parameter")) return;

  const recipe = lessVector(table.name, bias.name);
  const shifted = editor.parameter(`${table.name}.unbiased`, table.shape, "statistic", recipe);
  editor.replace(mean, editor.add(mean.operation, [rows, shifted], mean.shape, mean.name));
  editor.replace(conv, editor.add(conv.operation, [x, filter], conv.shape, conv.name));
}
