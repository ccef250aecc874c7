import type { Shape } from "../core/tensor.js";
import { attribute, type Emitter } from "./tfjs-emitter.js";
import { emitProduct, type Weights } from "./tfjs-product.js";

/** The tfjs nodes of a convolution that doubles its image's height and width. */
export interface GrowingConvOperands {
  readonly x: string;
  readonly filter: string;
  readonly bias: string | undefined;
  /** [n, 2h, 2w, out] */
  readonly shape: Shape;
}

export interface PhaseConvOperands extends Omit<GrowingConvOperands, "filter"> {
  readonly filter: Weights;
}

const NHWC = attribute.text("NHWC");
const ONES = attribute.ints([1, 1, 1, 1]);

/** The graph's `transposedConv2d` as TensorFlow's, whose filters are [4, 4, out, in] and whose first operand is the result's shape. */
export function emitTransposedConv(
  emit: Emitter,
  name: string,
  { x, filter, bias, shape }: GrowingConvOperands,
): string {
  const turned = emit.node(`${name}/filter`, "Transpose", [filter, emit.ints(`${name}/order`, [0, 1, 3, 2])]);
  const extents = emit.node(`${name}/extents`, "Shape", [x], { out_type: { type: "DT_INT32" } });
  const batch = emit.node(`${name}/batch`, "Slice", [
    extents,
    emit.ints(`${name}/first`, [0]),
    emit.ints(`${name}/one`, [1]),
  ]);
  const parts = [batch, emit.ints(`${name}/rest`, shape.slice(1)), emit.int(`${name}/axis`, 0)];
  const result = emit.node(`${name}/shape`, "ConcatV2", parts, { N: attribute.int(2) });
  const geometry = {
    data_format: NHWC,
    strides: attribute.ints([1, 2, 2, 1]),
    dilations: ONES,
    padding: attribute.text("SAME"),
  };
  const sums = bias === undefined ? name : `${name}/sums`;
  emit.node(sums, "Conv2DBackpropInput", [result, turned, x], geometry);
  return bias === undefined ? sums : emit.node(name, "AddV2", [sums, bias]);
}

/** The graph's `phaseConv2d`: the corners by a 2 x 2 convolution, then depth-to-space, cropped. */
export function emitPhaseConv(emit: Emitter, name: string, { x, filter, bias, shape }: PhaseConvOperands): string {
  const [, height = 0, width = 0, channels = 0] = shape;
  const geometry = {
    data_format: NHWC,
    strides: ONES,
    dilations: ONES,
    padding: attribute.text("EXPLICIT"),
    explicit_paddings: attribute.ints([0, 0, 1, 1, 1, 1, 0, 0]),
  };
  const corners = `${name}/corners`;
  emitProduct(emit, corners, "Conv2D", { x, weights: filter, bias: bias && biasOfFour(emit, name, bias) }, geometry);
  const squares = emit.node(`${name}/squares`, "DepthToSpace", [corners], {
    block_size: attribute.int(2),
    data_format: NHWC,
  });
  const begin = emit.ints(`${name}/begin`, [0, 1, 1, 0]);
  return emit.node(name, "Slice", [squares, begin, emit.ints(`${name}/size`, [-1, height, width, channels])]);
}

/** Each of a corner's four numbers has the bias of its channel. */
function biasOfFour(emit: Emitter, name: string, bias: string): string {
  const four = [bias, bias, bias, bias, emit.int(`${name}/axis`, 0)];
  return emit.node(`${name}/biases`, "ConcatV2", four, { N: attribute.int(4) });
}
