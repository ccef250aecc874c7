import type { GraphNode } from "../graph/graph.js";
import { isOp } from "../graph/node-of.js";
import { editGraph, type GraphEditor } from "./graph-editor.js";
import type { Pass } from "./pass.js";

/**
 * A 3 x 3 convolution of an image upsampled by copying multiplies each number by each tap four times. Instead, each number is multiplied
 * once by all nine taps, in 1 x 1 convolutions, and the products are added up where they meet. The filter keeps its size.
 */
export const upsampleAsTaps: Pass = {
  name: "upsample-as-taps",
  description:
    "turns an upsampling and the 3 x 3 convolution after it into 1 x 1 convolutions of the small image, added up",
  excludes: ["upsample-as-phases", "upsample-as-transposed-conv"],
  apply(rewritten) {
    const editor = editGraph(rewritten);
    for (const { id } of editor.nodes()) {
      const node = editor.node(id);
      if (!isOp(node, "conv2d")) continue;
      const [upsample, filter] = [editor.input(node, 0), editor.input(node, 1)];
      if (!isOp(upsample, "upsample2x") || !isOp(filter, "parameter") || filter.shape[0] !== 3) continue;
      const rows = [0, 1, 2].map((row) => rowOfTaps(editor, filter, row));
      const biases = node.inputs.slice(2).map((bias) => editor.node(bias));
      const inputs = [editor.input(upsample, 0), ...rows, ...biases];
      editor.replace(node, editor.add({ op: "tapConv2d" }, inputs, node.shape, node.name));
    }
    return editor.finish();
  },
};

/** One row of a filter [3, 3, in, out], its three taps side by side: [1, 1, in, 3 * out]. */
function rowOfTaps(editor: GraphEditor, filter: GraphNode, row: number): GraphNode {
  const [, , depth = 0, out = 0] = filter.shape;
  const parts = [0, 1, 2].map((column) => ({
    parameter: filter.name,
    start: (row * 3 + column) * depth * out,
    width: out,
  }));
  return editor.parameter(`${filter.name}.taps${row}`, [1, 1, depth, 3 * out], "weight", {
    inputs: [filter.name],
    columns: { rows: depth, parts },
    compute([values = new Float64Array()]) {
      const taps = new Float64Array(depth * 3 * out);
      for (let k = 0; k < depth; k++) {
        for (let column = 0; column < 3; column++) {
          const from = ((row * 3 + column) * depth + k) * out;
          taps.set(values.subarray(from, from + out), (k * 3 + column) * out);
        }
      }
      return taps;
    },
  });
}
