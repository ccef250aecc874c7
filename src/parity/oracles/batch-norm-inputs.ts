import type { GraphIndex, Value } from "../../formats/saved-model/graph-index.js";
import type { NodeDef } from "../../formats/saved-model/types.js";

const FUSED = /^FusedBatchNorm(V2|V3)?$/;
const PRODUCTS: ReadonlySet<string> = new Set(["Mul", "RealDiv"]);
const PASSING: ReadonlySet<string> = new Set(["Identity", "Snapshot", "StopGradient"]);

/** The value behind nodes that hand it on unchanged. */
export function throughPassing(index: GraphIndex, value: Value): Value {
  let behind = value;
  while (PASSING.has(behind.node.op)) {
    const [next] = index.dataInputs(behind.node);
    if (next === undefined) break;
    behind = next;
  }
  return behind;
}

/** The part of a graph that is looked at. */
export interface Region {
  readonly index: GraphIndex;
  /** Inputs before users. */
  readonly order: readonly NodeDef[];
  /** Users of each node among `order`. */
  readonly consumers: (node: NodeDef) => readonly NodeDef[];
  /** The nodes that depend on z or y. */
  readonly varying: ReadonlySet<NodeDef>;
}

/**
 * What the graph's batch norms normalise: the x of (x - mean) * rsqrt(variance + epsilon), of the folded x * inv + (offset - mean * inv), and of
 * FusedBatchNorm, in network order.
 *
 * Statistics do not depend on z and y: that tells x from the mean, and a batch norm from a spectral norm, whose inverse square root meets nothing
 * that does.
 */
export function batchNormInputs(region: Region): readonly Value[] {
  const { index, order, varying } = region;
  const position = new Map(order.map((node, at): [NodeDef, number] => [node, at]));
  const found = new Map<NodeDef, Value>();
  for (const node of order) {
    const x = FUSED.test(node.op) ? index.dataInputs(node)[0] : normalised(region, node);
    if (x !== undefined && varying.has(x.node)) found.set(x.node, x);
  }
  const at = ({ node }: Value) => position.get(node) ?? 0;
  return [...found.values()].sort((a, b) => at(a) - at(b));
}

/** From an inverse deviation, and its product with the gain, to the product with x. */
function normalised({ index, consumers, varying }: Region, inverse: NodeDef): Value | undefined {
  if ((inverse.op !== "Rsqrt" && inverse.op !== "Sqrt") || varying.has(inverse)) return undefined;
  const productsWith = (node: NodeDef) => consumers(node).filter(({ op }) => PRODUCTS.has(op));
  const scales = new Set([inverse]);
  for (const scale of scales) {
    for (const user of consumers(scale)) if (PASSING.has(user.op)) scales.add(user);
    for (const product of productsWith(scale)) {
      const other = index.dataInputs(product).find(({ node }) => node !== scale);
      const factor = other && throughPassing(index, other);
      if (factor === undefined) continue;
      const [x, mean] = factor.node.op === "Sub" ? index.dataInputs(factor.node) : [];
      if (x && mean && varying.has(x.node) && !varying.has(mean.node)) return throughPassing(index, x);
      // A product that is multiplied again is the gain's, not x's.
      if (productsWith(product).length > 0) scales.add(product);
      else if (varying.has(factor.node)) return factor;
    }
  }
  return undefined;
}
