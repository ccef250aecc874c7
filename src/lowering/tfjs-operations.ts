import type { Shape } from "../core/tensor.js";
import { tfjsShape } from "../formats/tfjs/graph-model.js";
import type { Operation, OperationName } from "../graph/graph.js";
import { emitAttend } from "./tfjs-attend.js";
import { attribute, type Emitter } from "./tfjs-emitter.js";
import { emitPhaseConv, emitTransposedConv } from "./tfjs-growing-conv.js";
import { emitBatchNorm, emitInverseDeviation, emitMultiplyAdd } from "./tfjs-multiply-add.js";
import { emitPairConv } from "./tfjs-pair-conv.js";
import { emitProduct, type Weights } from "./tfjs-product.js";
import { emitTapConv } from "./tfjs-tap-conv.js";
import { emitTruncationWeights } from "./tfjs-truncation.js";

/** An input of a node: the name of its tfjs node and its shape in the graph. */
export interface Operand extends Weights {
  readonly shape: Shape;
}

/** One node of the graph about to be written. */
export interface Site<O extends Operation = Operation> {
  readonly emit: Emitter;
  readonly name: string;
  readonly operation: O;
  readonly shape: Shape;
  /** Where attention is cut in parts: see {@link emitAttend}. */
  readonly maxScoreBytes: number;
  /** The operand at a position. Throws an Error when there is none: a fault of the graph. */
  input(index: number): Operand;
  readonly inputs: readonly Operand[];
}

type OperationOf<N extends OperationName> = Extract<Operation, { readonly op: N }>;

/** Narrows a site to the operation its rule is for. */
function rule<N extends OperationName>(op: N, lower: (site: Site<OperationOf<N>>) => string): (site: Site) => string {
  const isMine = (operation: Operation): operation is OperationOf<N> => operation.op === op;
  return (site) => {
    if (!isMine(site.operation))
      throw new Error(`tfjs lowering: ${site.name}: expected ${op}, found ${site.operation.op}`);
    return lower({ ...site, operation: site.operation });
  };
}

/** An operation that is one tfjs operation on the same inputs. */
function plain<N extends OperationName>(op: N, tfjsOp: string): (site: Site) => string {
  return rule(op, ({ emit, name, inputs }) =>
    emit.node(
      name,
      tfjsOp,
      inputs.map((input) => input.name),
    ),
  );
}

const IMAGE = { data_format: attribute.text("NHWC") };

/** How each operation of the graph is written with operations that tfjs-converter 4.22 executes; returns the result's node. */
export const TFJS_RULES = {
  input: rule("input", ({ emit, name, shape }) =>
    emit.node(name, "Placeholder", [], { dtype: attribute.float, shape: { shape: tfjsShape(shape) } }),
  ),
  parameter: rule("parameter", ({ emit, operation }) => emit.parameter(operation.parameter)),
  truncationWeights: rule("truncationWeights", ({ emit, name, operation, input }) =>
    emitTruncationWeights(emit, name, input(0).name, operation.grid),
  ),
  concat: rule("concat", ({ emit, name, shape, inputs }) =>
    emit.node(name, "ConcatV2", [...inputs.map((input) => input.name), emit.int(`${name}/axis`, shape.length - 1)], {
      N: attribute.int(inputs.length),
    }),
  ),
  slice: rule("slice", ({ emit, name, operation, shape, input }) => {
    const last = shape.length - 1;
    const begin = shape.map((_, axis) => (axis === last ? operation.start : 0));
    const size = shape.map((_, axis) => (axis === last ? operation.size : -1));
    const from = emit.ints(`${name}/begin`, begin);
    return emit.node(name, "Slice", [input(0).name, from, emit.ints(`${name}/size`, size)]);
  }),
  reshape: rule("reshape", ({ emit, name, shape, input }) =>
    emit.node(name, "Reshape", [input(0).name, emit.ints(`${name}/shape`, shape)]),
  ),
  matmul: rule("matmul", ({ emit, name, inputs, input }) =>
    emitProduct(emit, name, "MatMul", { x: input(0).name, weights: input(1), bias: inputs[2]?.name }),
  ),
  conv2d: rule("conv2d", ({ emit, name, inputs, input }) => {
    const ones = attribute.ints([1, 1, 1, 1]);
    const geometry = { ...IMAGE, strides: ones, dilations: ones, padding: attribute.text("SAME") };
    return emitProduct(emit, name, "Conv2D", { x: input(0).name, weights: input(1), bias: inputs[2]?.name }, geometry);
  }),
  transposedConv2d: rule("transposedConv2d", ({ emit, name, shape, inputs, input }) =>
    emitTransposedConv(emit, name, { x: input(0).name, filter: input(1).name, bias: inputs[2]?.name, shape }),
  ),
  phaseConv2d: rule("phaseConv2d", ({ emit, name, shape, inputs, input }) =>
    emitPhaseConv(emit, name, { x: input(0).name, filter: input(1), bias: inputs[2]?.name, shape }),
  ),
  tapConv2d: rule("tapConv2d", ({ emit, name, shape, inputs, input }) =>
    emitTapConv(emit, name, {
      x: input(0).name,
      rows: [input(1), input(2), input(3)],
      bias: inputs[4]?.name,
      shape,
    }),
  ),
  pairConv2d: rule("pairConv2d", ({ emit, name, shape, inputs, input }) =>
    emitPairConv(emit, name, {
      x: input(0).name,
      channels: input(0).shape[3] ?? 0,
      filters: [input(1), input(2), input(3), input(4)],
      bias: inputs[5]?.name,
      shape,
    }),
  ),
  batchNorm: rule("batchNorm", ({ emit, name, operation, shape, input }) =>
    emitBatchNorm(emit, name, {
      x: input(0).name,
      channels: shape[3] ?? 0,
      mean: input(1).name,
      variance: input(2).name,
      gain: input(3).name,
      offset: input(4).name,
      epsilon: operation.epsilon,
    }),
  ),
  multiplyAdd: rule("multiplyAdd", ({ emit, name, shape, input }) =>
    emitMultiplyAdd(emit, name, {
      x: input(0).name,
      channels: shape[3] ?? 0,
      factor: input(1).name,
      addend: input(2).name,
    }),
  ),
  multiply: plain("multiply", "Mul"),
  subtract: plain("subtract", "Sub"),
  inverseDeviation: rule("inverseDeviation", ({ emit, name, operation, input }) =>
    emitInverseDeviation(emit, name, input(0).name, operation.epsilon),
  ),
  addScalar: rule("addScalar", ({ emit, name, operation, input }) =>
    emit.node(name, "AddV2", [input(0).name, emit.floats(`${name}/value`, [operation.value], [])]),
  ),
  add: plain("add", "AddV2"),
  scale: plain("scale", "Mul"),
  relu: plain("relu", "Relu"),
  tanh: plain("tanh", "Tanh"),
  upsample2x: rule("upsample2x", ({ emit, name, shape, input }) =>
    emit.node(name, "ResizeNearestNeighbor", [input(0).name, emit.ints(`${name}/size`, shape.slice(1, 3))], {
      align_corners: attribute.flag(false),
      half_pixel_centers: attribute.flag(false),
    }),
  ),
  maxPool2x2: rule("maxPool2x2", ({ emit, name, input }) => {
    const square = attribute.ints([1, 2, 2, 1]);
    const geometry = { ...IMAGE, ksize: square, strides: square, padding: attribute.text("VALID") };
    return emit.node(name, "MaxPool", [input(0).name], geometry);
  }),
  averagePool2x2: rule("averagePool2x2", ({ emit, name, input }) => {
    const square = attribute.ints([1, 2, 2, 1]);
    const geometry = { ...IMAGE, ksize: square, strides: square, padding: attribute.text("VALID") };
    return emit.node(name, "AvgPool", [input(0).name], geometry);
  }),
  sumPool: rule("sumPool", ({ emit, name, input }) =>
    emit.node(name, "Sum", [input(0).name, emit.ints(`${name}/axes`, [1, 2])], { keep_dims: attribute.flag(false) }),
  ),
  rowDot: rule("rowDot", ({ emit, name, input }) => {
    const products = emit.node(`${name}/products`, "Mul", [input(0).name, input(1).name]);
    return emit.node(name, "Sum", [products, emit.ints(`${name}/axes`, [1])], { keep_dims: attribute.flag(true) });
  }),
  attend: rule("attend", ({ emit, name, operation, input, maxScoreBytes }) => {
    const [queries, keys, values] = [input(0), input(1), input(2)];
    return emitAttend(emit, name, [queries.name, keys.name, values.name], {
      positions: queries.shape[1] ?? 0,
      sources: keys.shape[1] ?? 0,
      features: queries.shape[2] ?? 0,
      maxScoreBytes,
      turnsKeys: operation.turnsKeys ?? false,
      apart: operation.apart ?? 0,
    });
  }),
} satisfies Record<OperationName, (site: Site) => string>;
