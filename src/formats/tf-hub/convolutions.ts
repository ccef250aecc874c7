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
  for (const node of order) {
    const inputs = index.dataInputs(node).map((value) => behind.get(value.node) ?? NOTHING);
    const roles = Object.hasOwn(CONVOLUTIONS, node.op) ? CONVOLUTIONS[node.op] : undefined;
    behind.set(node, behindNode(file, node, inputs, roles !== undefined));
    const map = roles && inputs[roles.map];
    const weight = roles && inputs[roles.filter]?.weight;
    if (map && weight) found.push({ weight: plainName(weight.name), upsampled: map.enlarged && !map.convolution });
  }
  return found;
}

function behindNode(file: string, node: NodeDef, inputs: readonly Behind[], convolution: boolean): Behind {
  if (convolution) return { convolution: true, enlarged: false, weight: undefined };
  if (VARIABLE_OPS.has(node.op)) {
    if (SINGULAR_VECTOR.test(node.name)) return NOTHING;
    const distance = shapeAttribute(file, node, "shape")?.length === 4 ? 0 : NOT_A_FILTER;
    return { ...NOTHING, weight: { name: node.name, distance } };
  }
  const nearest = inputs.reduce<Behind["weight"]>(
    (best, { weight }) => (weight && weight.distance < (best?.distance ?? Number.POSITIVE_INFINITY) ? weight : best),
    undefined,
  );
  const enlarges = ENLARGING.has(node.op);
  return {
    convolution: !enlarges && inputs.some((input) => input.convolution),
    enlarged: enlarges || inputs.some((input) => input.enlarged),
    weight: nearest && { name: nearest.name, distance: nearest.distance + 1 },
  };
}
