import type { Shape } from "../core/tensor.js";
import type { Graph, GraphNode } from "./graph.js";

/** Multiply-adds that one picture takes: what convolutions, matrix products and attention do, which is nearly all. */
export function multiplyAdds(graph: Graph): number {
  return graph.nodes.reduce((sum, node) => sum + nodeMultiplyAdds(node, graph), 0);
}

const COUNTED: ReadonlySet<GraphNode["operation"]["op"]> = new Set([
  ...(["conv2d", "transposedConv2d", "tapConv2d", "pairConv2d", "phaseConv2d", "matmul", "attend"] as const),
]);

/** Of one node and one picture. */
export function nodeMultiplyAdds(node: GraphNode, graph: Graph): number {
  if (!COUNTED.has(node.operation.op)) return 0;
  const each = elements(node.shape);
  switch (node.operation.op) {
    case "conv2d": {
      const [height = 1, width = 1, channels = 1] = inputShape(graph, node, 1);
      return each * height * width * channels;
    }
    case "transposedConv2d":
      // Of the 16 taps 4 meet each number of the result.
      return each * 4 * (inputShape(graph, node, 0)[3] ?? 1);
    case "tapConv2d":
      // Nine products for each number of the operand, which has a quarter of the result's.
      return (each / 4) * 9 * (inputShape(graph, node, 0)[3] ?? 1);
    case "pairConv2d":
      // For two numbers, one below the other, four products of a row of three taps.
      return (each / 2) * 4 * 3 * (inputShape(graph, node, 0)[3] ?? 1);
    case "phaseConv2d": {
      const [, height = 1, width = 1, channels = 1] = inputShape(graph, node, 0);
      const [, , , four = 1] = inputShape(graph, node, 1);
      return (height + 1) * (width + 1) * four * 4 * channels;
    }
    case "matmul":
      return each * (inputShape(graph, node, 1)[0] ?? 1);
    case "attend": {
      const [, queries = 1, depth = 1] = inputShape(graph, node, 0);
      const keys = inputShape(graph, node, 1)[1] ?? 1;
      return queries * keys * depth + each * keys;
    }
    default:
      return 0;
  }
}

function inputShape(graph: Graph, node: GraphNode, position: number): Shape {
  return graph.nodes[node.inputs[position] ?? -1]?.shape ?? [];
}

/** Of one picture: the batch axis left out. */
function elements(shape: readonly number[]): number {
  let product = 1;
  for (let axis = 1; axis < shape.length; axis++) product *= shape[axis] ?? 1;
  return product;
}
