import type { Shape } from "../core/tensor.js";
import type { Layout } from "../formats/onnx/layout.js";
import type { Operation, OperationName } from "../graph/graph.js";
import { emitAttend } from "./onnx-attend.js";
import { emitConv, emitPhaseConv, emitTransposedConv } from "./onnx-convolutions.js";
import type { OnnxEmitter } from "./onnx-emitter.js";
import { emitMultiplyAdd } from "./onnx-multiply-add.js";
import { emitPairConv } from "./onnx-pair-conv.js";
import { emitTapConv } from "./onnx-tap-conv.js";
import { emitTruncationWeights } from "./onnx-truncation.js";

/**
 * A value on its way: its name and its shape in the graph. In the file channels stand before positions: images are
 * [n, c, h, w] and sequences [n, features, positions].
 */
export interface OnnxOperand {
  readonly name: string;
  readonly shape: Shape;
}

/** One node of the graph about to be written. Its accessors throw an Error for an operand that is not there: a fault of the graph. */
export interface OnnxSite<O extends Operation = Operation> {
  readonly emit: OnnxEmitter;
  readonly name: string;
  readonly operation: O;
  readonly shape: Shape;
  /** Where attention is cut in parts: see {@link emitAttend}. */
  readonly maxScoreBytes: number;
  readonly inputCount: number;
  shapeOf(index: number): Shape;
  /** A parameter in our own order, or a value. */
  input(index: number): OnnxOperand;
  /** The name of an operand that must be a parameter, its numbers in another order. */
  weight(index: number, layout: Layout): string;
}

type OperationOf<N extends OperationName> = Extract<Operation, { readonly op: N }>;
/** Gives the name of the node's value; a parameter is given only when it is used, for its layout depends on that. */
export type OnnxRule = (site: OnnxSite) => string;

/** Narrows a site to the operation its rule is for. */
function rule<N extends OperationName>(op: N, lower: (site: OnnxSite<OperationOf<N>>) => string): OnnxRule {
  const isMine = (operation: Operation): operation is OperationOf<N> => operation.op === op;
  return (site) => {
    if (!isMine(site.operation))
      throw new Error(`onnx lowering: ${site.name}: expected ${op}, found ${site.operation.op}`);
    return lower({ ...site, operation: site.operation });
  };
}

/** An operation that is one ONNX operation on the same inputs. */
function plain<N extends OperationName>(op: N, opType: string): OnnxRule {
  return rule(op, ({ emit, name, ...site }) => emit.node(name, opType, namesOf(site)));
}

function namesOf({ inputCount, input }: Pick<OnnxSite, "inputCount" | "input">): string[] {
  return Array.from({ length: inputCount }, (_, index) => input(index).name);
}

/** The graph's last axis. */
const channelAxis = (shape: Shape): number => Math.min(1, shape.length - 1);

/** How each operation of the graph is written with operations of ONNX's default domain, version 17: https://github.com/onnx/onnx/blob/v1.16.2/docs/Operators.md */
export const ONNX_RULES = {
  // Graph inputs and parameters are no nodes; a picture comes as NHWC.
  input: rule("input", ({ emit, operation: { input }, shape }) =>
    shape.length < 4 ? input : emit.node(`${input}/nchw`, "Transpose", [input], { perm: { ints: [0, 3, 1, 2] } }),
  ),
  parameter: rule("parameter", ({ operation }) => operation.parameter),
  truncationWeights: rule("truncationWeights", ({ emit, name, operation, input }) =>
    emitTruncationWeights(emit, name, input(0).name, operation.grid),
  ),
  concat: rule("concat", ({ emit, name, shape, ...site }) =>
    emit.node(name, "Concat", namesOf(site), { axis: { int: channelAxis(shape) } }),
  ),
  slice: rule("slice", ({ emit, name, operation: { start, size }, shape, input }) =>
    emit.node(name, "Slice", [
      input(0).name,
      emit.ints([start]),
      emit.ints([start + size]),
      emit.ints([channelAxis(shape)]),
    ]),
  ),
  reshape: rule("reshape", emitReshape),
  matmul: rule("matmul", ({ emit, name, inputCount, input }) =>
    emit.node(name, inputCount === 3 ? "Gemm" : "MatMul", namesOf({ inputCount, input })),
  ),
  conv2d: rule("conv2d", emitConv),
  transposedConv2d: rule("transposedConv2d", emitTransposedConv),
  phaseConv2d: rule("phaseConv2d", emitPhaseConv),
  tapConv2d: rule("tapConv2d", emitTapConv),
  pairConv2d: rule("pairConv2d", emitPairConv),
  batchNorm: rule("batchNorm", emitBatchNorm),
  multiplyAdd: rule("multiplyAdd", ({ emit, name, input }) =>
    emitMultiplyAdd(emit, name, input(0).name, input(1), input(2)),
  ),
  multiply: plain("multiply", "Mul"),
  subtract: plain("subtract", "Sub"),
  inverseDeviation: rule("inverseDeviation", ({ emit, name, operation, input }) =>
    emitInverseDeviation(emit, name, input(0).name, operation.epsilon),
  ),
  addScalar: rule("addScalar", ({ emit, name, operation, input }) =>
    emit.node(name, "Add", [input(0).name, emit.floats(`${name}/value`, [operation.value], [])]),
  ),
  add: plain("add", "Add"),
  scale: plain("scale", "Mul"),
  relu: plain("relu", "Relu"),
  tanh: plain("tanh", "Tanh"),
  upsample2x: rule("upsample2x", ({ emit, name, input }) =>
    emit.node(name, "Resize", [input(0).name, "", emit.floats(`${name}/scales`, [1, 1, 2, 2], [4])], {
      mode: { text: "nearest" },
      coordinate_transformation_mode: { text: "asymmetric" },
      nearest_mode: { text: "floor" },
    }),
  ),
  maxPool2x2: rule("maxPool2x2", ({ emit, name, input }) =>
    emit.node(name, "MaxPool", [input(0).name], { kernel_shape: { ints: [2, 2] }, strides: { ints: [2, 2] } }),
  ),
  averagePool2x2: rule("averagePool2x2", ({ emit, name, input }) =>
    emit.node(name, "AveragePool", [input(0).name], { kernel_shape: { ints: [2, 2] }, strides: { ints: [2, 2] } }),
  ),
  sumPool: rule("sumPool", ({ emit, name, input }) =>
    emit.node(name, "ReduceSum", [input(0).name, emit.ints([2, 3])], { keepdims: { int: 0 } }),
  ),
  rowDot: rule("rowDot", ({ emit, name, input }) => {
    const products = emit.node(`${name}/products`, "Mul", [input(0).name, input(1).name]);
    return emit.node(name, "ReduceSum", [products, emit.ints([1])], { keepdims: { int: 1 } });
  }),
  attend: rule("attend", ({ emit, name, input, maxScoreBytes }) => {
    const [queries, keys, values] = [input(0), input(1), input(2)];
    return emitAttend(emit, name, [queries.name, keys.name, values.name], {
      positions: queries.shape[1] ?? 0,
      sources: keys.shape[1] ?? 0,
      maxScoreBytes,
    });
  }),
} satisfies Record<OperationName, OnnxRule>;

/** A 0 keeps the extent of the batch. Between images and sequences channels stay where they are; a vector is an image's pixels in turn. */
function emitReshape({ emit, name, shape, input }: OnnxSite<OperationOf<"reshape">>): string {
  const from = input(0);
  const [, ...extents] = shape;
  const channels = extents.at(-1) ?? 1;
  if (from.shape.length === 2 && shape.length === 4) {
    const pixels = emit.node(`${name}/pixels`, "Reshape", [from.name, emit.ints([0, ...extents])]);
    return emit.node(name, "Transpose", [pixels], { perm: { ints: [0, 3, 1, 2] } });
  }
  if (from.shape.length < 3 && shape.length < 3) {
    return emit.node(name, "Reshape", [from.name, emit.ints([0, ...extents])]);
  }
  if (from.shape.length < 3 || from.shape.at(-1) !== channels) {
    throw new Error(`onnx lowering: ${name}: from ${from.shape.join(" x ")} to ${shape.join(" x ")}`);
  }
  return emit.node(name, "Reshape", [from.name, emit.ints([0, channels, ...extents.slice(0, -1)])]);
}

/** x * s + (offset - mean * s), s = gain / sqrt(variance + epsilon): all but the last product and sum are on vectors. */
function emitBatchNorm({ emit, name, operation, input }: OnnxSite<OperationOf<"batchNorm">>): string {
  const [x, mean, variance, gain, offset] = [input(0), input(1), input(2), input(3), input(4)];
  const inverse = emitInverseDeviation(emit, `${name}/inverse`, variance.name, operation.epsilon);
  const slope = emit.node(`${name}/slope`, "Mul", [inverse, gain.name]);
  const centre = emit.node(`${name}/centre`, "Mul", [mean.name, slope]);
  const shift = emit.node(`${name}/shift`, "Sub", [offset.name, centre]);
  // A row for each image, or one for all.
  const vector: Shape = [-1, x.shape[3] ?? 0];
  return emitMultiplyAdd(emit, name, x.name, { name: slope, shape: vector }, { name: shift, shape: vector });
}

function emitInverseDeviation(emit: OnnxEmitter, name: string, variance: string, epsilon: number): string {
  const padded = emit.node(`${name}/padded`, "Add", [variance, emit.floats(`${name}/epsilon`, [epsilon], [])]);
  return emit.node(name, "Reciprocal", [emit.node(`${name}/deviation`, "Sqrt", [padded])]);
}
