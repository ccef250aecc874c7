import { type TfjsSignature, type TfjsTensorInfo, type TfjsTopology, tfjsShape } from "../formats/tfjs/graph-model.js";
import { type Graph, type GraphNode, outputOf } from "../graph/graph.js";
import type { PrecisionPlan } from "../storage/plan.js";
import { scaledLate } from "./scaled-late.js";
import { MAX_SCORE_BYTES } from "./tfjs-attend.js";
import { createEmission, type TfjsWeight } from "./tfjs-emitter.js";
import { type Operand, TFJS_RULES } from "./tfjs-operations.js";

/** A model as a tfjs graph model, weights by reference. */
export interface TfjsGraph {
  readonly modelTopology: TfjsTopology;
  /** Inputs `z`, `y`, `truncation` and output `image`, or `x`, `y` and `logits`. */
  readonly signature: TfjsSignature;
  /** In the order of the weight files. */
  readonly weights: readonly TfjsWeight[];
  /** Layer name to the tfjs node that computes it, in network order. */
  readonly layerNodes: ReadonlyMap<string, string>;
}

export interface LowerOptions {
  /** Attention whose scores of one image take more is computed in parts. */
  readonly maxScoreBytes?: number;
  /** How parameters are stored; float32 when not given. */
  readonly plan?: PrecisionPlan | undefined;
}

/** tfjs only prints these (as `modelVersion`); they are TensorFlow's GraphDef versions, which say nothing about our graph. */
const VERSIONS = { producer: 1, minConsumer: 1 } as const;

/**
 * Writes a graph with the operations of tfjs-converter. Node names are the graph's own, helper nodes stand below them
 * (`block0.bn0.batchNorm/slope`); the order is the graph's. Each layer stays a node of its own, so it can be fetched by name.
 *
 * @example
 * const { modelTopology, signature } = lowerToTfjs(bigGanGenerator(config));
 */
export function lowerToTfjs(graph: Graph, { maxScoreBytes = MAX_SCORE_BYTES, plan }: LowerOptions = {}): TfjsGraph {
  const { emitter, nodes, weights } = createEmission(graph.parameters, plan);
  const late = scaledLate(graph, plan);
  const lowered: Operand[] = [];
  const inputs: Record<string, TfjsTensorInfo> = {};

  for (const node of graph.nodes) {
    if (node.operation.op === "parameter" && late.has(node.id)) {
      const { codes: name, scales } = emitter.codes(node.operation.parameter);
      lowered.push({ name, shape: node.shape, scales });
      continue;
    }
    const operands = node.inputs.map((id) => operandAt(lowered, id, node));
    const name = TFJS_RULES[node.operation.op]({
      emit: emitter,
      name: node.name,
      operation: node.operation,
      shape: node.shape,
      maxScoreBytes,
      inputs: operands,
      input: (index) => operandAt(operands, index, node),
    });
    lowered.push({ name, shape: node.shape });
    if (node.operation.op === "input") inputs[node.operation.input] = tensorInfo({ name, shape: node.shape });
  }

  const layerNodes = new Map<string, string>();
  let output: Operand | undefined;
  for (const [layer, id] of graph.layers) {
    output = lowered[id];
    if (output === undefined) throw new Error(`tfjs lowering: layer ${layer} names node ${id}, which is not there`);
    layerNodes.set(layer, output.name);
  }
  if (output === undefined) throw new Error(`tfjs lowering: ${graph.name} has no layers, so no output`);

  return {
    modelTopology: { node: nodes, library: {}, versions: VERSIONS },
    signature: { inputs, outputs: { [outputOf(graph)]: tensorInfo(output) } },
    weights,
    layerNodes,
  };
}

function operandAt(operands: readonly Operand[], index: number, node: GraphNode): Operand {
  const operand = operands[index];
  if (operand === undefined) throw new Error(`tfjs lowering: ${node.name}: no operand ${index}`);
  return operand;
}

function tensorInfo({ name, shape }: Operand): TfjsTensorInfo {
  return { name: `${name}:0`, dtype: "DT_FLOAT", tensorShape: tfjsShape(shape) };
}
