import type { GraphNode, Operation, OperationName } from "./graph.js";

/** A node together with its operation, which is of one kind. */
export type NodeOf<N extends OperationName> = GraphNode & {
  readonly operation: Extract<Operation, { readonly op: N }>;
};

export function isOp<N extends OperationName>(node: GraphNode | undefined, op: N): node is NodeOf<N> {
  return node?.operation.op === op;
}
