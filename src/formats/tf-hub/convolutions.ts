import { shapeAttribute } from "../saved-model/attributes.js";
import type { GraphIndex } from "../saved-model/graph-index.js";
import type { NodeDef } from "../saved-model/types.js";
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

/** The convolutions among `order` (inputs before users), in that order. */
export function findConvolutions(
  file: string,
  index: GraphIndex,
  order: readonly NodeDef[],
): readonly ConvolutionFacts[] {
  const behind = new Map<NodeDef, Behind>();
  const found: ConvolutionFacts[] = [];
  const behindInput = (node: NodeDef, position: number) => {
    const input = index.dataInputs(node)[position];
    return input && behind.get(input.node);
  };
  for (const node of order) {
    const roles = Object.hasOwn(CONVOLUTIONS, node.op) ? CONVOLUTIONS[node.op] : undefined;
    const own = behindNode(file, index, node, behind, roles !== undefined);
    // Constants, and what is computed from them alone, are most of a graph: nothing is kept of them.
    if (own !== NOTHING) behind.set(node, own);
    if (roles === undefined) continue;
    const map = behindInput(node, roles.map) ?? NOTHING;
    const weight = behindInput(node, roles.filter)?.weight;
    if (weight) found.push({ weight: plainName(weight.name), upsampled: map.enlarged && !map.convolution });
  }
  return found;
}

function behindNode(
  file: string,
  index: GraphIndex,
  node: NodeDef,
  behind: ReadonlyMap<NodeDef, Behind>,
  isConvolution: boolean,
): Behind {
  if (isConvolution) return { convolution: true, enlarged: false, weight: undefined };
  if (VARIABLE_OPS.has(node.op)) {
    if (SINGULAR_VECTOR.test(node.name)) return NOTHING;
    const distance = shapeAttribute(file, node, "shape")?.length === 4 ? 0 : NOT_A_FILTER;
    return { ...NOTHING, weight: { name: node.name, distance } };
  }
  const enlarges = ENLARGING.has(node.op);
  let convolution = false;
  let enlarged = enlarges;
  let nearest: Behind["weight"];
  for (const { node: input } of index.dataInputs(node)) {
    const known = behind.get(input);
    if (known === undefined) continue;
    convolution ||= known.convolution && !enlarges;
    enlarged ||= known.enlarged;
    if (known.weight && known.weight.distance < (nearest?.distance ?? Number.POSITIVE_INFINITY)) nearest = known.weight;
  }
  if (!convolution && !enlarged && nearest === undefined) return NOTHING;
  return { convolution, enlarged, weight: nearest && { name: nearest.name, distance: nearest.distance + 1 } };
}
