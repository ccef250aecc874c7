import { elementCount } from "../core/tensor.js";
import { BATCH, type GraphNode } from "../graph/graph.js";
import { compute } from "../runtime/reference/operations.js";
import { finishNow } from "../runtime/reference/turns.js";
import { editGraph, type GraphEditor } from "./graph-editor.js";
import type { Pass } from "./pass.js";

/** What depends on parameters alone is computed once, in float64, and becomes a parameter. */
export const foldConstants: Pass = {
  name: "fold-constants",
  description: "computes what depends on parameters alone and stores the result",
  apply(rewritten) {
    const editor = editGraph(rewritten);
    for (const node of editor.nodes()) fold(editor, editor.node(node.id));
    return editor.finish();
  },
};

function fold(editor: GraphEditor, node: GraphNode): void {
  const { operation, shape, name } = node;
  if (operation.op === "input" || operation.op === "parameter" || node.inputs.length === 0) return;
  const operands = node.inputs.map((_, position) => editor.input(node, position));
  const inputs = operands.flatMap((operand) =>
    operand.operation.op === "parameter" ? operand.operation.parameter : [],
  );
  if (inputs.length < operands.length || shape.includes(BATCH)) return;
  // A product of parameters may be larger than both; then it stays a product.
  const before = operands.reduce((sum, operand) => sum + elementCount(operand.shape), 0);
  if (elementCount(shape) > before) return;

  const constant = editor.parameter(name, shape, "weight", {
    inputs,
    compute(values) {
      const tensors = operands.map((operand, at) => ({ shape: operand.shape, data: values[at] ?? new Float64Array() }));
      const result = compute(operation, tensors, shape);
      return ("data" in result ? result : finishNow(result)).data;
    },
  });
  editor.replace(node, constant);
}
