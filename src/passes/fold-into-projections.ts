import type { GraphNode } from "../graph/graph.js";
import { isOp } from "../graph/node-of.js";
import { combineColumns } from "./combine-columns.js";
import { editGraph, type GraphEditor } from "./graph-editor.js";
import type { Pass } from "./pass.js";
import { type Projection, projectionOf } from "./projection.js";

/**
 * Arithmetic on the result of a matrix product becomes part of its matrix and bias: 1 + gain; times a constant vector; minus a constant
 * vector; minus a constant vector times another product of the same operand. Where the statistics are constant, a conditional batch
 * norm's scale and shift are then one matrix product each: scale = condition (W / sigma) + 1 / sigma.
 */
export const foldIntoProjections: Pass = {
  name: "fold-into-projections",
  description: "merges constants, gains and offsets into the matrix products that they follow",
  apply(rewritten) {
    const editor = editGraph(rewritten);
    for (const { id } of editor.nodes()) {
      const node = editor.node(id);
      const combination = addedScalar(editor, node) ?? scaled(editor, node) ?? shifted(editor, node);
      if (combination !== undefined) editor.replace(node, combined(editor, node, combination));
    }
    return editor.finish();
  },
};

/** own * times - other * otherTimes + plus - minus, of matrices column by column, and of biases. */
interface Combination {
  readonly own: Projection;
  readonly times?: GraphNode;
  readonly other?: Projection;
  readonly otherTimes?: GraphNode;
  readonly plus?: number;
  readonly minus?: GraphNode;
}

function addedScalar(editor: GraphEditor, node: GraphNode): Combination | undefined {
  if (!isOp(node, "addScalar")) return undefined;
  const own = ownProjection(editor, editor.input(node, 0));
  return own && { own, plus: node.operation.value };
}

function scaled(editor: GraphEditor, node: GraphNode): Combination | undefined {
  const factors = constantTimes(editor, node);
  const own = factors && ownProjection(editor, factors.of);
  return own && { own, times: factors.times };
}

/** Minus a constant, or, as in offset - mean * scale, minus a constant times a product of the same operand. That one may have other users. */
function shifted(editor: GraphEditor, node: GraphNode): Combination | undefined {
  if (!isOp(node, "subtract")) return undefined;
  const own = ownProjection(editor, editor.input(node, 0));
  const subtracted = editor.input(node, 1);
  if (own === undefined) return undefined;
  if (isOp(subtracted, "parameter")) return { own, minus: subtracted };
  const factors = constantTimes(editor, subtracted);
  if (factors === undefined) return undefined;
  const other = projectionOf(editor, factors.of);
  if (other === undefined || other.x.id !== own.x.id) return undefined;
  return { own, other, otherTimes: factors.times };
}

/** A product of a constant vector, on either side, and something else. */
function constantTimes(
  editor: GraphEditor,
  node: GraphNode,
): { readonly times: GraphNode; readonly of: GraphNode } | undefined {
  if (!isOp(node, "multiply")) return undefined;
  const [a, b] = [editor.input(node, 0), editor.input(node, 1)];
  if (isOp(b, "parameter")) return { times: b, of: a };
  return isOp(a, "parameter") ? { times: a, of: b } : undefined;
}

/** The product, if nothing else uses it: otherwise there would be two. */
function ownProjection(editor: GraphEditor, node: GraphNode): Projection | undefined {
  return editor.usedOnce(node) ? projectionOf(editor, node) : undefined;
}

function combined(editor: GraphEditor, { name }: GraphNode, combination: Combination): GraphNode {
  const { own, times, other, otherTimes, plus, minus } = combination;
  const [, out = 0] = own.w.shape;
  const factors = { times, otherTimes };
  const sameMatrix = times === undefined && other === undefined;
  const w = sameMatrix
    ? own.w
    : combineColumns(editor, `${name}.w`, own.w.shape, { own: own.w, other: other?.w, ...factors });
  const parts = { own: own.bias, other: other?.bias, minus, plus };
  const noBias = Object.values(parts).every((part) => part === undefined);
  const bias = noBias ? [] : [combineColumns(editor, `${name}.b`, [out], { ...parts, ...factors })];
  return editor.add({ op: "matmul" }, [own.x, w, ...bias], own.node.shape, name);
}
