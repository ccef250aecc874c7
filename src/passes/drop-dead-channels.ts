import { elementCount, type Shape } from "../core/tensor.js";
import type { GraphNode, Operation } from "../graph/graph.js";
import { isOp, type NodeOf } from "../graph/node-of.js";
import { columnCut } from "./cut-columns.js";
import { editGraph, type GraphEditor } from "./graph-editor.js";
import type { Pass } from "./pass.js";

/** Operations whose channels do not meet: a slice of the result needs that slice of each operand which has the result's channels. */
const CHANNELWISE: ReadonlySet<Operation["op"]> = new Set([
  "relu",
  "tanh",
  "add",
  "addScalar",
  "scale",
  "multiply",
  "subtract",
  "inverseDeviation",
  "multiplyAdd",
  "batchNorm",
  "maxPool2x2",
]);

/** Operations that make each channel from columns of their own in the last axis of the weights. */
const PRODUCTS: ReadonlySet<Operation["op"]> = new Set(["conv2d", "transposedConv2d", "matmul"]);

/**
 * Channels that are computed only to be dropped are not computed: a slice moves towards the inputs, through what treats channels one
 * by one, until it cuts a filter. BigGAN-deep's last convolution has 128 outputs, of which 3 are the picture.
 */
export const dropDeadChannels: Pass = {
  name: "drop-dead-channels",
  description: "does not compute channels that nothing uses",
  apply(rewritten) {
    const editor = editGraph(rewritten);
    // Users first: a slice that has moved is met again on its way.
    const waiting = [...editor.nodes()];
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      const slice = editor.node(node.id);
      if (isOp(slice, "slice")) waiting.push(...moved(editor, slice));
    }
    return editor.finish();
  },
};

/** Moves a slice before the operation that it follows, if nothing else needs that. Returns the new slices. */
function moved(editor: GraphEditor, slice: NodeOf<"slice">): readonly GraphNode[] {
  const whole = editor.input(slice, 0);
  const { op } = whole.operation;
  if (!editor.usedOnce(whole) || !(PRODUCTS.has(op) || CHANNELWISE.has(op))) return [];
  const { start, size } = slice.operation;
  const slices: GraphNode[] = [];
  const channels = whole.shape.at(-1);
  const inputs = whole.inputs.map((_, position) => {
    const operand = editor.input(whole, position);
    const cutsHere = PRODUCTS.has(op) ? position > 0 : operand.shape.at(-1) === channels;
    if (!cutsHere) return operand;
    const shape = [...operand.shape.slice(0, -1), size];
    if (isOp(operand, "parameter")) return cutParameter(editor, operand, shape, start);
    const cut = editor.add(slice.operation, [operand], shape, slice.name);
    slices.push(cut);
    return cut;
  });
  editor.replace(slice, editor.add(whole.operation, inputs, slice.shape, whole.name));
  return slices;
}

function cutParameter(editor: GraphEditor, whole: GraphNode, shape: Shape, start: number): GraphNode {
  const [width, size] = [whole.shape.at(-1) ?? 1, shape.at(-1) ?? 1];
  const cut = columnCut({ matrix: whole.name, rows: elementCount(shape) / size, width, start, size });
  return editor.parameter(`${whole.name}.cut`, shape, editor.kindOf(whole), cut);
}
