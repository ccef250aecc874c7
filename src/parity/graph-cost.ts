import type { Graph, GraphNode } from "../graph/graph.js";

/** Multiply-adds that one picture takes: what convolutions, matrix products and attention do, which is nearly all. */
export function multiplyAdds(graph: Graph): number {
  return graph.nodes.reduce((sum, node) => sum + costOf(node, graph), 0);
}

function costOf({ operation, inputs, shape }: GraphNode, graph: Graph): number {
  const shapeOf = (position: number) => graph.nodes[inputs[position] ?? -1]?.shape ?? [];
  const each = elements(shape);
  switch (operation.op) {
    case "conv2d": {
      const [height = 1, width = 1, channels = 1] = shapeOf(1);
      return each * height * width * channels;
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
