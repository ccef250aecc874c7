import type { GraphNode } from "../graph/graph.js";
import { isOp } from "../graph/node-of.js";
import type { GraphEditor } from "./graph-editor.js";

/** A matrix product of something computed whose matrix and bias are parameters. */
export interface Projection {
  readonly node: GraphNode;
  readonly x: GraphNode;
  readonly w: GraphNode;
  readonly bias: GraphNode | undefined;
}

/** Undefined for any other node. */
export function projectionOf(editor: GraphEditor, node: GraphNode): Projection | undefined {
  if (!isOp(node, "matmul")) return undefined;
  const [x, w] = [editor.input(node, 0), editor.input(node, 1)];
  const bias = node.inputs.length > 2 ? editor.input(node, 2) : undefined;
  if (isOp(x, "parameter") || !isOp(w, "parameter") || (bias !== undefined && !isOp(bias, "parameter")))
    return undefined;
  return { node, x, w, bias };
}
