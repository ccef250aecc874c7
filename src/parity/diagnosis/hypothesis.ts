import type { GraphNode } from "../../graph/graph.js";
import type { NodeRule } from "../../runtime/reference/compute-nodes.js";
import type { Tensor64 } from "../../runtime/reference/tensor64.js";
import type { Suspect } from "./layer-part.js";

/** One way in which the other side may differ: what it does instead of what our graph does. */
export interface Hypothesis {
  /** A stable name, the same wherever it is planted: `epsilon-1e-5`. */
  readonly kind: string;
  /** What the other side then does, in words: `adds 1e-5 instead of 1e-4 to the variance`. */
  readonly change: string;
  /** Nodes or parameters of our graph. */
  readonly places: readonly string[];
  /** The change, by the nodes that are computed in another way. */
  readonly rules: ReadonlyMap<number, NodeRule>;
}

/** What can be planted in a layer; none where the layer has no place for it. */
export type HypothesisFamily = (suspect: Suspect) => readonly Hypothesis[];

/** A place for a hypothesis, and the change there. */
export interface Plant {
  readonly place: string;
  readonly rules: readonly (readonly [node: GraphNode, rule: NodeRule])[];
}

/** One hypothesis for each place and, where there are several, one for all of them at once. */
export function eachAndAll(kind: string, change: string, plants: readonly Plant[]): Hypothesis[] {
  const hypothesis = (chosen: readonly Plant[]): Hypothesis => ({
    kind,
    change,
    places: chosen.map(({ place }) => place),
    rules: new Map(chosen.flatMap(({ rules }) => rules.map(([{ id }, rule]): [number, NodeRule] => [id, rule]))),
  });
  return [...(plants.length > 1 ? [hypothesis(plants)] : []), ...plants.map((plant) => hypothesis([plant]))];
}

/** A change of one node. */
export function plantAt(node: GraphNode, rule: NodeRule): Plant {
  return { place: node.name, rules: [[node, rule]] };
}

/** The operand at this position. */
export function operandAt(operands: readonly Tensor64[], position: number): Tensor64 {
  const operand = operands[position];
  if (operand === undefined) throw new Error(`hypothesis: expected an operand ${position}, found ${operands.length}`);
  return operand;
}

/** The node's value is that of one of its inputs. */
export const passes =
  (position = 0): NodeRule =>
  (operands) =>
    operandAt(operands, position);

/** The node is computed as ever, from changed operands. */
export const withOperands =
  (change: (operands: readonly Tensor64[]) => readonly Tensor64[]): NodeRule =>
  (operands, standard) =>
    standard(change(operands));

/** The node is computed as ever, then changed. */
export const withResult =
  (change: (value: Tensor64) => Tensor64): NodeRule =>
  async (operands, standard) =>
    change(await standard(operands));
