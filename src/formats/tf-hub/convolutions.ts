import { shapeAttribute } from "../saved-model/attributes.js";
import type { GraphIndex } from "../saved-model/graph-index.js";
import { plainName } from "./names.js";
import { VARIABLE_OPS } from "./trace.js";

/** A convolution of the network. */
export interface ConvolutionFacts {
  /** The checkpoint key of the variable that its filter is computed from. */
  readonly weight: string;
  /** The feature map is enlarged between this convolution and all those before it (the input's reshape, for the first ones). */
  readonly upsampled: boolean;
}

/** Which inputs are the feature map and the filter. */
const CONVOLUTIONS: Readonly<Record<string, { readonly map: number; readonly filter: number }>> = {
  Conv2D: { map: 0, filter: 1 },
  Conv2DBackpropInput: { map: 2, filter: 1 },
};

const ENLARGING: ReadonlySet<string> = new Set([
  ...["DepthToSpace", "ResizeNearestNeighbor", "ResizeBilinear", "ResizeBicubic", "ResizeArea"],
]);

/** Spectral norm's own vectors, beside the weight that they belong to. */
const SINGULAR_VECTOR = /\/u\d+$/;

/** What is known of the ways back from each node, by its position. */
interface WaysBack {
  /** 1 where a convolution can be reached without an enlargement in between. */
  readonly convolution: Uint8Array;
  /** 1 where an enlargement can be reached before a convolution. */
  readonly enlarged: Uint8Array;
  /** Position of the nearest variable that is a weight, or -1. */
  readonly weight: Int32Array;
  /** How many steps away that is. Filters have four dimensions: others come second. */
  readonly distance: Int32Array;
}

/** Steps that a variable without four dimensions is put back. */
const NOT_A_FILTER = 1000;

/** The convolutions among `order` (positions, inputs before users), in that order. */
export function findConvolutions(
  file: string,
  index: GraphIndex,
  order: readonly number[],
): readonly ConvolutionFacts[] {
  const { length } = index.nodes;
  const ways: WaysBack = {
    convolution: new Uint8Array(length),
    enlarged: new Uint8Array(length),
    weight: new Int32Array(length).fill(-1),
    distance: new Int32Array(length),
  };
  const found: ConvolutionFacts[] = [];
  const input = (position: number, number: number) =>
    number < index.dataCount(position) ? index.dataSource(position, number) : -1;
  for (let at = 0; at < order.length; at++) {
    const position = order[at] ?? -1;
    const op = index.nodes.op(position);
    // Constants are most of a graph.
    if (op === "Const") continue;
    const roles = Object.hasOwn(CONVOLUTIONS, op) ? CONVOLUTIONS[op] : undefined;
    if (roles === undefined) {
      if (VARIABLE_OPS.has(op)) beginAt(file, index, position, ways);
      else goOn(index, position, ENLARGING.has(op), ways);
      continue;
    }
    ways.convolution[position] = 1;
    const map = input(position, roles.map);
    const filter = index.nodes.at(ways.weight[input(position, roles.filter)] ?? -1);
    if (filter !== undefined) {
      found.push({
        weight: plainName(filter.name),
        upsampled: ways.enlarged[map] === 1 && ways.convolution[map] !== 1,
      });
    }
  }
  return found;
}

/** At a variable. */
function beginAt(file: string, index: GraphIndex, position: number, { weight, distance }: WaysBack): void {
  const node = index.nodes.at(position);
  if (node === undefined || SINGULAR_VECTOR.test(node.name)) return;
  weight[position] = position;
  distance[position] = shapeAttribute(file, node, "shape")?.length === 4 ? 0 : NOT_A_FILTER;
}

/** At a node that is no convolution and no variable. */
function goOn(index: GraphIndex, position: number, enlarges: boolean, ways: WaysBack): void {
  const { convolution, enlarged, weight, distance } = ways;
  if (enlarges) enlarged[position] = 1;
  let nearest = Number.MAX_SAFE_INTEGER;
  const count = index.dataCount(position);
  for (let number = 0; number < count; number++) {
    const from = index.dataSource(position, number);
    if (convolution[from] === 1 && !enlarges) convolution[position] = 1;
    if (enlarged[from] === 1) enlarged[position] = 1;
    const steps = distance[from] ?? 0;
    if ((weight[from] ?? -1) < 0 || steps >= nearest) continue;
    nearest = steps;
    weight[position] = weight[from] ?? -1;
    distance[position] = steps + 1;
  }
}
