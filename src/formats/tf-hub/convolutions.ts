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

/** What is known at a node of the way back from it. */
interface Behind {
  /** A convolution can be reached without an enlargement in between. */
  readonly convolution: boolean;
  /** An enlargement can be reached before a convolution. */
  readonly enlarged: boolean;
  /** The nearest variable that is a weight, and how many steps away. Filters have four dimensions: others come second. */
  readonly weight: { readonly name: string; readonly distance: number } | undefined;
}

const NOTHING: Behind = { convolution: false, enlarged: false, weight: undefined };

/** Steps that a variable without four dimensions is put back. */
const NOT_A_FILTER = 1000;

/** The convolutions among `order` (positions, inputs before users), in that order. */
export function findConvolutions(
  file: string,
  index: GraphIndex,
  order: readonly number[],
): readonly ConvolutionFacts[] {
  /** Constants, and what is computed from them alone, are most of a graph: nothing is kept of them. */
  const behind = new Map<number, Behind>();
  const found: ConvolutionFacts[] = [];
  const behindInput = (position: number, input: number) =>
    input < index.dataCount(position) ? behind.get(index.dataSource(position, input)) : undefined;
  for (let at = 0; at < order.length; at++) {
    const position = order[at] ?? -1;
    const op = index.nodes.op(position);
    if (op === "Const") continue;
    const roles = Object.hasOwn(CONVOLUTIONS, op) ? CONVOLUTIONS[op] : undefined;
    if (roles === undefined) {
      const own = behindNode(file, index, position, behind);
      if (own !== NOTHING) behind.set(position, own);
      continue;
    }
    behind.set(position, { convolution: true, enlarged: false, weight: undefined });
    const map = behindInput(position, roles.map) ?? NOTHING;
    const weight = behindInput(position, roles.filter)?.weight;
    if (weight) found.push({ weight: plainName(weight.name), upsampled: map.enlarged && !map.convolution });
  }
  return found;
}

/** Of a node that is no convolution. */
function behindNode(file: string, index: GraphIndex, position: number, behind: ReadonlyMap<number, Behind>): Behind {
  const op = index.nodes.op(position);
  const node = VARIABLE_OPS.has(op) ? index.nodes.at(position) : undefined;
  if (node !== undefined) {
    if (SINGULAR_VECTOR.test(node.name)) return NOTHING;
    const distance = shapeAttribute(file, node, "shape")?.length === 4 ? 0 : NOT_A_FILTER;
    return { ...NOTHING, weight: { name: node.name, distance } };
  }
  const enlarges = ENLARGING.has(op);
  let convolution = false;
  let enlarged = enlarges;
  let nearest: Behind["weight"];
  const count = index.dataCount(position);
  for (let input = 0; input < count; input++) {
    const known = behind.get(index.dataSource(position, input));
    if (known === undefined) continue;
    convolution ||= known.convolution && !enlarges;
    enlarged ||= known.enlarged;
    if (known.weight && known.weight.distance < (nearest?.distance ?? Number.POSITIVE_INFINITY)) nearest = known.weight;
  }
  if (!convolution && !enlarged && nearest === undefined) return NOTHING;
  return { convolution, enlarged, weight: nearest && { name: nearest.name, distance: nearest.distance + 1 } };
}
