import type { OnnxNode } from "../formats/onnx/model.js";
import type { Graph } from "../graph/graph.js";
import type { OnnxGraph } from "./onnx-graph.js";

/** What stays in float32 where images are computed in float16. */
export interface Float16Compute {
  /** Nodes of the graph whose values, or what they are computed from, would not fit. */
  readonly spared: ReadonlySet<string>;
}

/** TensorProto.DataType */
const TYPES = { float32: 1, float16: 10 } as const;

type FloatType = keyof typeof TYPES;

/**
 * Images and sequences in float16, from the first convolution to the picture, for GPUs that compute so twice as fast. Vectors (truncation, statistics,
 * projections, which are few and reach from 1e-5 up) stay in float32, as do inputs and outputs and what is at risk. Stored numbers are cast
 * where they are used; a session does that once, when it opens.
 */
export function computeInFloat16(graph: OnnxGraph, { nodes }: Graph, { spared }: Float16Compute): OnnxGraph {
  const ranks = new Map(nodes.map(({ name, shape }) => [name, shape.length]));
  const owner = (name: string): string => {
    let path = name;
    while (!ranks.has(path) && path.includes("/")) path = path.slice(0, path.lastIndexOf("/"));
    return path;
  };
  const borders = new Set(graph.outputs.map(({ name }) => name));
  const integers = new Set(graph.weights.flatMap(({ name, type }) => (type === "int64" ? [name] : [])));
  const types = new Map<string, FloatType>();
  const result: OnnxNode[] = [];
  const cast = new Set<string>();
  /** Values that are images or sequences; helpers of a node's rule are told by what they are computed from. */
  const images = new Set<string>();

  const as = (type: FloatType, value: string): string => {
    if (value === "" || integers.has(value) || (types.get(value) ?? "float32") === type) return value;
    const name = `${value}/${type}`;
    if (!cast.has(name)) {
      cast.add(name);
      result.push({ name, opType: "Cast", inputs: [value], outputs: [name], attributes: { to: { int: TYPES[type] } } });
    }
    return name;
  };

  for (const node of graph.nodes) {
    const isImage = (ranks.get(node.name) ?? 0) >= 3 || node.inputs.some((input) => images.has(input));
    const type = isImage && !borders.has(node.name) && !spared.has(owner(node.name)) ? "float16" : "float32";
    // The scales of a Resize are float32 whatever its image is.
    const inputs = node.inputs.map((input, index) => (node.opType === "Resize" && index > 0 ? input : as(type, input)));
    for (const output of node.outputs) {
      types.set(output, type);
      if (isImage) images.add(output);
    }
    result.push({ ...node, inputs });
  }
  return { ...graph, nodes: result };
}
