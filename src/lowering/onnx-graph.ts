import type { OnnxNode, OnnxValue } from "../formats/onnx/model.js";
import { BATCH, type Graph, type GraphNode, type InputName, isOutput, OUTPUT, outputOf } from "../graph/graph.js";
import type { PrecisionPlan } from "../storage/plan.js";
import { createOnnxEmission, type OnnxEmitter, type OnnxWeight } from "./onnx-emitter.js";
import { computeInFloat16, type Float16Compute } from "./onnx-float16-compute.js";
import { computeInInt8, type Int8Compute } from "./onnx-int8-compute.js";
import { ONNX_RULES, type OnnxOperand } from "./onnx-operations.js";
import { emitRange } from "./onnx-ranges.js";

/** A model as an ONNX graph, weights by reference. */
export interface OnnxGraph {
  readonly name: string;
  readonly nodes: readonly OnnxNode[];
  /** Of a generator `z`, `y` and, unless it is baked in, `truncation`; of a discriminator `x` and `y`. */
  readonly inputs: readonly OnnxValue[];
  /** `image` or `logits`, then one for each tap. */
  readonly outputs: readonly OnnxValue[];
  /** In the order of the file. */
  readonly weights: readonly OnnxWeight[];
}

export interface LowerOnnxOptions {
  /** Attention whose scores of one image take more is computed in parts. */
  readonly maxScoreBytes?: number;
  /** Layers to hand out beside the output, as outputs named {@link tapOutput}. */
  readonly taps?: readonly string[];
  /** Hand out what {@link emitRange} says of each tap instead: of one picture, never of a batch. */
  readonly ranges?: boolean;
  /** How parameters are stored; float32 when not given. */
  readonly plan?: PrecisionPlan | undefined;
  /** What computes in fewer bits; float32 when not given. */
  readonly compute?: OnnxCompute | undefined;
}

/** Arithmetic in fewer bits: of convolutions in int8, or of all images in float16. */
export type OnnxCompute = ({ readonly type: "int8" } & Int8Compute) | ({ readonly type: "float16" } & Float16Compute);

/** The largest score matrix that is held at once: 64 MiB, a quarter of BigGAN-256's. */
const MAX_SCORE_BYTES = 64 * 1024 * 1024;

/** The batch axis, in the words of a model. */
const BATCH_NAME = "n";

/** `tap/block0`, as in the files of `run --taps`; `image` and `logits` are themselves. */
export function tapOutput(layer: string): string {
  return isOutput(layer) ? layer : `tap/${layer}`;
}

/**
 * Writes a graph with operations of ONNX. Images are NCHW inside and NHWC at the border. Values are named like the graph's nodes, helpers stand
 * below them (`block0.bn0.batchNorm/slope`); the order is the graph's.
 *
 * @example
 * const { nodes, weights } = lowerToOnnx(bigGanGenerator(config));
 */
export function lowerToOnnx(
  graph: Graph,
  { maxScoreBytes = MAX_SCORE_BYTES, taps = [], ranges = false, plan, compute }: LowerOnnxOptions = {},
): OnnxGraph {
  const { emitter, nodes, weights } = createOnnxEmission(graph.parameters, plan);
  const lowered: OnnxOperand[] = [];
  const inputs: OnnxValue[] = [];

  for (const node of graph.nodes) {
    const operand = (index: number) => operandAt(graph, lowered, node, index);
    const name = ONNX_RULES[node.operation.op]({
      emit: emitter,
      name: node.name,
      operation: node.operation,
      shape: node.shape,
      maxScoreBytes,
      inputCount: node.inputs.length,
      shapeOf: (index) => operand(index).value.shape,
      input(index) {
        const { value, parameter } = operand(index);
        return parameter ? { ...value, name: emitter.parameter(value.name, value.shape, "same") } : value;
      },
      weight(index, layout) {
        const { value, parameter } = operand(index);
        if (!parameter) throw new Error(`onnx lowering: ${node.name}: expected a parameter, found ${value.name}`);
        return emitter.parameter(value.name, value.shape, layout);
      },
    });
    lowered.push({ name, shape: node.shape });
    if (node.operation.op === "input") {
      const { input } = node.operation;
      inputs.push({ name: input, shape: symbolic(node.shape), doc: INPUT_DOCS[input] });
    }
  }

  const outputs = [outputOf(graph), ...taps].map((layer) => {
    const value = lowered[graph.layers.get(layer) ?? -1];
    if (value === undefined) throw new Error(`onnx lowering: ${graph.name} has no layer ${layer}`);
    return ranges && !isOutput(layer) ? emitRange(emitter, layer, value) : emitOutput(emitter, layer, value);
  });
  const lowered32 = { name: graph.name, nodes, inputs, outputs, weights };
  if (compute === undefined) return lowered32;
  return compute.type === "int8" ? computeInInt8(lowered32, compute) : computeInFloat16(lowered32, graph, compute);
}

const INPUT_DOCS = {
  z: "Normal numbers, cut off at 2 and multiplied by the truncation; a row for each picture.",
  y: "A row for each picture: 1 at its class and 0 elsewhere, or any weights of classes.",
  truncation: "0 to 1: which standing statistics the batch norms use. The same that z was multiplied by.",
  x: "Pictures: height, width, then red, green and blue from -1 to 1.",
} as const satisfies Record<InputName, string>;

const OUTPUT_DOCS: ReadonlyMap<string, string> = new Map([
  [OUTPUT.generator, "Pictures: height, width, then red, green and blue from -1 to 1."],
  [OUTPUT.discriminator, "A number for each picture, higher for what looks real and like its class."],
]);

/** The graph's operand, and whether it is a parameter, which is no value yet. */
function operandAt(graph: Graph, lowered: readonly OnnxOperand[], node: GraphNode, index: number) {
  const id = node.inputs[index] ?? -1;
  const [from, value] = [graph.nodes[id], lowered[id]];
  if (from === undefined || value === undefined) throw new Error(`onnx lowering: ${node.name}: no operand ${index}`);
  return { value, parameter: from.operation.op === "parameter" };
}

/** Images leave as NHWC. */
function emitOutput(emit: OnnxEmitter, layer: string, { name: value, shape }: OnnxOperand): OnnxValue {
  const name = tapOutput(layer);
  if (shape.length === 4) emit.node(name, "Transpose", [value], { perm: { ints: [0, 2, 3, 1] } });
  else emit.node(name, "Identity", [value]);
  return { name, shape: symbolic(shape), doc: OUTPUT_DOCS.get(layer) ?? `Layer ${layer}.` };
}

function symbolic(shape: readonly number[]): (number | string)[] {
  return shape.map((extent) => (extent === BATCH ? BATCH_NAME : extent));
}
