import type { GraphNode } from "../graph/graph.js";
import { isOp } from "../graph/node-of.js";
import { editGraph, type GraphEditor } from "./graph-editor.js";
import type { Pass } from "./pass.js";
import { rangeSum } from "./summed-ranges.js";

/**
 * Fewer pixels do not pay for the filter's growth by a third, as its products take no less than its bytes: at 32 x 32 a byte more saves 256
 * multiply-adds, at 16 x 16 (64 for a byte) BigGAN-deep-128 would grow by 5 MB to save 4 % of its time on tfjs-wasm.
 */
const LEAST_PIXELS = 32 * 32;

/**
 * Two rows of a 3 x 3 convolution's result see four rows of its operand. Six products of rows make them, of which four are enough (Winograd's
 * F(2, 3), S. Winograd 1980, along one axis): with rows d of the operand and a, b, c of the filter,
 *
 *     p0 = (d0 - d2) a    p1 = (d1 + d2) (a + b + c) / 2    p2 = (d2 - d1) (a - b + c) / 2    p3 = (d1 - d3) c
 *     upper = p0 + p1 + p2    lower = p1 - p2 - p3
 *
 * Along one axis alone, sums of rows are sums of long lines of memory, and rounding errors are those of the plain sum.
 */
export const rowsInPairs: Pass = pairingRows(LEAST_PIXELS);

/** The pass for images of so many pixels and more. */
export function pairingRows(leastPixels: number): Pass {
  return {
    name: "rows-in-pairs",
    description: "computes two rows of a 3 x 3 convolution from four products of rows and not six",
    apply(rewritten) {
      const editor = editGraph(rewritten);
      for (const { id } of editor.nodes()) {
        const node = editor.node(id);
        if (!isOp(node, "conv2d")) continue;
        const [x, filter] = [editor.input(node, 0), editor.input(node, 1)];
        const [, height = 0, width = 0, out = 0] = node.shape;
        const [side = 0, , depth = 0] = filter.shape;
        // Of an upsampled image there is something better; few results take more time to add than to multiply.
        if (isOp(x, "upsample2x") || !isOp(filter, "parameter") || side !== 3 || out < depth / 4) continue;
        if (height % 2 === 1 || height * width < leastPixels) continue;
        const filters = COMBINATIONS.map((factors, index) => combined(editor, filter, index, factors));
        const biases = node.inputs.slice(2).map((bias) => editor.node(bias));
        editor.replace(node, editor.add({ op: "pairConv2d" }, [x, ...filters, ...biases], node.shape, node.name));
      }
      return editor.finish();
    },
  };
}

/** How much of each row of the filter. */
const COMBINATIONS = [
  [1, 0, 0],
  [0.5, 0.5, 0.5],
  [0.5, -0.5, 0.5],
  [0, 0, 1],
] as const;

function combined(editor: GraphEditor, filter: GraphNode, index: number, factors: readonly number[]): GraphNode {
  const [, , depth = 0, out = 0] = filter.shape;
  const row = 3 * depth * out;
  const terms = factors.map((factor, at) => ({ start: at * row, factor })).filter(({ factor }) => factor !== 0);
  return editor.parameter(
    `${filter.name}.pair${index}`,
    [1, 3, depth, out],
    "weight",
    rangeSum(filter.name, row, terms),
  );
}
