import type { Graph, GraphNode } from "./graph.js";

/** Multiply-adds that one picture takes: what convolutions, matrix products and attention do, which is nearly all. */
export function multiplyAdds(graph: Graph): number {
  return graph.nodes.reduce((sum, node) => sum + nodeMultiplyAdds(node, graph), 0);
}

/** Of one node and one picture. */
export function nodeMultiplyAdds({ operation, inputs, shape }: GraphNode, graph: Graph): number {
  const shapeOf = (position: number) => graph.nodes[inputs[position] ?? -1]?.shape ?? [];
  const each = elements(shape);
  switch (operation.op) {
    case "conv2d": {
      const [height = 1, width = 1, channels = 1] = shapeOf(1);
      return each * height * width * channels;
    }
    case "transposedConv2d":
      // Of the 16 taps 4 meet each number of the result.
      return each * 4 * (shapeOf(0)[3] ?? 1);
    case "tapConv2d":
      // Nine products for each number of the operand, which has a quarter of the result's.
      return (each / 4) * 9 * (shapeOf(0)[3] ?? 1);
    case "pairConv2d":
      // For two numbers, one below the other, four products of a row of three taps.
      return (each / 2) * 4 * 3 * (shapeOf(0)[3] ?? 1);
    case "phaseConv2d": {
      const [, height = 1, width = 1, channels = 1] = shapeOf(0);
      const [, , , four = 1] = shapeOf(1);
      return (height + 1) * (width + 1) * four * 4 * channels;
    }
    case "matmul":
      return each * (shapeOf(1)[0] ?? 1);
    case "attend": {
      const [, queries = 1, depth = 1] = shapeOf(0);
      const keys = shapeOf(1)[1] ?? 1;
      return queries * keys * depth + each * keys;
    }
    default:
      return 0;
  }
}

/** Of one picture: the batch axis left out. */
function elements(shape: readonly number[]): number {
  return shape.slice(1).reduce((product, extent) => product * extent, 1);
}
