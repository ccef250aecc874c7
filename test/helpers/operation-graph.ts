import type { Shape } from "../../src/core/tensor.js";
import { BATCH, type Graph, type GraphNode, type Operation } from "../../src/graph/graph.js";

/** An operation on z, seen in the shape [n, …] of `x`, and on parameters of these shapes: the layer `image`. */
export interface OperationCase {
  readonly operation: Operation;
  readonly x: Shape;
  readonly parameters: readonly Shape[];
  /** Without the batch axis. */
  readonly result: Shape;
}

const product = (shape: Shape) => shape.reduce((all, extent) => all * extent, 1);

export function operationGraph({ operation, x, parameters, result }: OperationCase): Graph {
  const nodes: GraphNode[] = [];
  const node = (name: string, its: Operation, inputs: readonly number[], shape: Shape): number =>
    nodes.push({ id: nodes.length, name, operation: its, inputs, shape }) - 1;

  const z = node("z", { op: "input", input: "z" }, [], [BATCH, product(x)]);
  node("y", { op: "input", input: "y" }, [], [BATCH, 1]);
  const first = x.length === 1 ? z : node("x", { op: "reshape" }, [z], [BATCH, ...x]);
  const names = parameters.map((_, index) => `p${index}`);
  const rest = names.map((name, index) =>
    node(name, { op: "parameter", parameter: name }, [], parameters[index] ?? []),
  );
  const image = node("result", operation, [first, ...rest], [BATCH, ...result]);
  return {
    name: "test",
    role: "generator",
    nodes,
    parameters: new Map(names.map((name, index) => [name, { name, shape: parameters[index] ?? [], kind: "weight" }])),
    zDim: product(x),
    classes: 1,
    resolution: result[0] ?? 1,
    layers: new Map([["image", image]]),
  };
}

/** Each operation that only rewritten graphs have, small. */
export const REWRITTEN_OPERATIONS: readonly (readonly [name: string, OperationCase])[] = [
  ["multiplyAdd", { operation: { op: "multiplyAdd" }, x: [6, 6, 16], parameters: [[1, 16], [16]], result: [6, 6, 16] }],
  ["multiply", { operation: { op: "multiply" }, x: [48], parameters: [[1, 48]], result: [48] }],
  ["subtract", { operation: { op: "subtract" }, x: [48], parameters: [[48]], result: [48] }],
  ["inverseDeviation", { operation: { op: "inverseDeviation", epsilon: 1.5 }, x: [48], parameters: [], result: [48] }],
  [
    "transposedConv2d",
    { operation: { op: "transposedConv2d" }, x: [3, 6, 16], parameters: [[4, 4, 16, 5], [5]], result: [6, 12, 5] },
  ],
  [
    "phaseConv2d",
    { operation: { op: "phaseConv2d" }, x: [3, 6, 16], parameters: [[2, 2, 16, 20], [5]], result: [6, 12, 5] },
  ],
  [
    "phaseConv2d without bias",
    { operation: { op: "phaseConv2d" }, x: [3, 6, 16], parameters: [[2, 2, 16, 20]], result: [6, 12, 5] },
  ],
  [
    "tapConv2d",
    {
      operation: { op: "tapConv2d" },
      x: [3, 6, 16],
      parameters: [[1, 1, 16, 15], [1, 1, 16, 15], [1, 1, 16, 15], [5]],
      result: [6, 12, 5],
    },
  ],
  [
    "pairConv2d",
    {
      operation: { op: "pairConv2d" },
      x: [4, 6, 16],
      parameters: [[1, 3, 16, 5], [1, 3, 16, 5], [1, 3, 16, 5], [1, 3, 16, 5], [5]],
      result: [4, 6, 5],
    },
  ],
  [
    "pairConv2d without bias",
    {
      operation: { op: "pairConv2d" },
      x: [2, 3, 16],
      parameters: [
        [1, 3, 16, 5],
        [1, 3, 16, 5],
        [1, 3, 16, 5],
        [1, 3, 16, 5],
      ],
      result: [2, 3, 5],
    },
  ],
  [
    "tapConv2d without bias",
    {
      operation: { op: "tapConv2d" },
      x: [2, 2, 16],
      parameters: [
        [1, 1, 16, 15],
        [1, 1, 16, 15],
        [1, 1, 16, 15],
      ],
      result: [4, 4, 5],
    },
  ],
];
