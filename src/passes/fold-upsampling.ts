import { elementCount, type Shape } from "../core/tensor.js";
import type { GraphNode, Operation } from "../graph/graph.js";
import { isOp } from "../graph/node-of.js";
import { editGraph, type GraphEditor } from "./graph-editor.js";
import type { Rewritten } from "./pass.js";

/**
 * Multiply-adds that must be saved for each byte by which the filter grows (it has 16 / 9 of the numbers). The first blocks of a BigGAN
 * have most of its weights and few pixels: at 4 x 4, BigGAN-128 would grow by 66 MB to save 2 % of its work, 6 for a byte; at 8 x 8
 * it is 36, then 160.
 */
const LEAST_SAVED_PER_BYTE = 20;

/** What becomes of a filter [3, 3, in, out]. */
export interface FoldedFilter {
  readonly operation: Operation;
  /** Part of the new parameters' names. */
  readonly suffix: string;
  shape(inputs: number, outputs: number): Shape;
  /** Where in the new filter, for one pair of channels, which old taps (row and column) are added up. */
  readonly sums: readonly TapSum[];
}

export interface TapSum {
  /** In the new filter's first two axes. */
  readonly at: readonly [row: number, column: number];
  /** In its last axis, in units of the old filter's outputs. */
  readonly block: number;
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

/**
 * A 3 x 3 convolution of an image upsampled by copying sees each number of the small image several times. Its filter can be summed
 * beforehand over the copies, and then works on the small image.
 */
export function foldUpsampling(rewritten: Rewritten, folded: FoldedFilter): Rewritten {
  const editor = editGraph(rewritten);
  for (const { id } of editor.nodes()) {
    const node = editor.node(id);
    if (!isOp(node, "conv2d")) continue;
    const [upsample, filter] = [editor.input(node, 0), editor.input(node, 1)];
    if (!isOp(upsample, "upsample2x") || !isOp(filter, "parameter") || filter.shape[0] !== 3) continue;
    const x = editor.input(upsample, 0);
    if (savedPerByte(x.shape, filter.shape) < LEAST_SAVED_PER_BYTE) continue;
    const weights = [foldedFilter(editor, filter, folded), ...node.inputs.slice(2).map((bias) => editor.node(bias))];
    editor.replace(node, editor.add(folded.operation, [x, ...weights], node.shape, node.name));
  }
  return editor.finish();
}

function foldedFilter(editor: GraphEditor, filter: GraphNode, folded: FoldedFilter): GraphNode {
  const [, , inputs = 0, outputs = 0] = filter.shape;
  const shape = folded.shape(inputs, outputs);
  return editor.parameter(`${filter.name}.${folded.suffix}`, shape, "weight", {
    inputs: [filter.name],
    compute: ([values = new Float64Array()]) => sumTaps(values, inputs, outputs, shape, folded.sums),
  });
}

function sumTaps(
  filter: Float64Array<ArrayBuffer>,
  inputs: number,
  outputs: number,
  [height = 1, width = 1, , last = 1]: Shape,
  sums: readonly TapSum[],
): Float64Array<ArrayBuffer> {
  const folded = new Float64Array(height * width * inputs * last);
  for (const { at, block, rows, columns } of sums) {
    for (const row of rows) {
      for (const column of columns) {
        for (let k = 0; k < inputs; k++) {
          const from = ((row * 3 + column) * inputs + k) * outputs;
          const to = ((at[0] * width + at[1]) * inputs + k) * last + block * outputs;
          for (let o = 0; o < outputs; o++) folded[to + o] = (folded[to + o] ?? 0) + (filter[from + o] ?? 0);
        }
      }
    }
  }
  return folded;
}

function savedPerByte([, h = 0, w = 0]: Shape, filter: Shape): number {
  const pairs = elementCount(filter.slice(2));
  const saved = (4 * h * w * 9 - (h + 1) * (w + 1) * 16) * pairs;
  return saved / ((16 - 9) * pairs * 4);
}
