import { FormatError } from "../../core/errors.js";
import { ancestors } from "../../formats/saved-model/ancestors.js";
import type { Value as Edge, GraphIndex } from "../../formats/saved-model/graph-index.js";
import type { NodeDef } from "../../formats/saved-model/types.js";
import { nodeField } from "./call.js";

/** What to compute, in order, and how often each result is used. */
export interface Plan {
  readonly index: GraphIndex;
  /** Every node after its inputs and after the nodes that it must wait for. Reads come before writes that nothing orders. */
  readonly order: readonly NodeDef[];
  readonly results: readonly Edge[];
  /** Data edges from each node, results counted too. */
  readonly uses: ReadonlyMap<NodeDef, number>;
}

/** Multi-output ops whose outputs have names of their own, which references inside functions use. */
const OUTPUT_NAMES: ReadonlyMap<string, readonly string[]> = new Map([
  ["Switch", ["output_false", "output_true"]],
  ["RefSwitch", ["output_false", "output_true"]],
  ["Merge", ["output", "value_index"]],
  ["RefMerge", ["output", "value_index"]],
  ...["FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3"].map((op): [string, readonly string[]] => [
    op,
    ["y", "batch_mean", "batch_variance", "reserve_space_1", "reserve_space_2", "reserve_space_3"],
  ]),
]);

/** `roots` run too, for what they do. Throws {@link FormatError} for a cycle. */
export function planOf(index: GraphIndex, results: readonly Edge[], roots: readonly NodeDef[] = []): Plan {
  const order = ancestors(index, [...results.map(({ node }) => node), ...roots], { control: true });
  const uses = new Map<NodeDef, number>();
  const count = ({ node }: Edge) => uses.set(node, (uses.get(node) ?? 0) + 1);
  for (const node of order) index.dataInputs(node).forEach(count);
  results.forEach(count);
  return { index, order, results, uses };
}

/** Which of a node's outputs an edge leaves from. */
export function outputPosition({ file }: GraphIndex, { node, output, outputName }: Edge): number {
  const names = outputName === undefined ? undefined : OUTPUT_NAMES.get(node.op);
  if (names === undefined || outputName === undefined) return output;
  const position = names.indexOf(outputName);
  if (position >= 0) return position + output;
  throw new FormatError({ file, field: nodeField(node) }, `an output among ${names.join(", ")}`, outputName);
}
