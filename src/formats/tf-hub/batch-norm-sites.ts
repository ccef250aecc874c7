import { floatAttribute } from "../saved-model/attributes.js";
import { consumersAmong, type GraphIndex, type Value } from "../saved-model/graph-index.js";
import type { NodeDef } from "../saved-model/types.js";
import { type FrameValue, type Program, throughIdentity } from "./program.js";
import type { StatisticTable } from "./statistic-table.js";
import { type Assignments, type Origins, scalarConstant, trace } from "./trace.js";

/** A batch norm as the graph computes it. */
export interface BatchNormSite {
  /** The op that adds epsilon, for messages. */
  readonly node: string;
  readonly epsilon: number;
  readonly mean: Origins | undefined;
  readonly variance: Origins;
  /** The variable that the variance is divided by: it is a sum then. */
  readonly counter: NodeDef | undefined;
}

const FUSED: ReadonlySet<string> = new Set(["FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3"]);

/** https://www.tensorflow.org/api_docs/python/tf/raw_ops/FusedBatchNorm: the default of its epsilon. */
const FUSED_EPSILON = 0.0001;

/** What makes an inverse deviation of a variance; a division may follow. */
const INVERSE: ReadonlySet<string> = new Set(["Rsqrt", "Sqrt"]);

/** Ops that scale and shift: what a batch norm is written with, from the inverse deviation to the activation. */
const AFFINE: ReadonlySet<string> = new Set([
  ...["Mul", "RealDiv", "Add", "AddV2", "Sub", "Neg", "Identity", "Reshape", "ExpandDims", "Squeeze", "Cast"],
]);

const VARIANCE_VARIABLE = /\/(accumulated|moving)_var(iance)?$/;
const MEAN_VARIABLE = /\/(accumulated|moving)_mean$/;

/** Tables of statistics, not the keys of an interpolation. */
export function statisticTables(origins: Origins): readonly StatisticTable[] {
  return origins.tables.filter((table) => table.columns > 1);
}

/** The batch norms among `order` (positions, inputs before users), in the order in which their results are used. */
export function findBatchNorms(
  program: Program,
  order: readonly number[],
  assignments: Assignments,
): readonly BatchNormSite[] {
  const { root } = program;
  const consumers = consumersAmong(root.index, order, (op) => INVERSE.has(op) || AFFINE.has(op));
  const rank = new Int32Array(root.index.nodes.length).fill(-1);
  // By index: of a pair for each node, which entries() makes, there would be ten thousands.
  for (let at = 0; at < order.length; at++) rank[order[at] ?? -1] = at;
  const traced = (value: Value) => trace(program, { frame: root, value }, assignments);
  const sites: { readonly at: number; readonly site: BatchNormSite }[] = [];

  for (let at = 0; at < order.length; at++) {
    const position = order[at] ?? -1;
    const op = root.index.nodes.op(position);
    if (!FUSED.has(op) && !(INVERSE.has(op) && !isOfSquares(root.index, position))) continue;
    const node = root.index.nodes.at(position);
    if (node === undefined) continue;
    if (FUSED.has(op)) {
      const [, , , mean, variance] = root.index.dataInputs(node);
      if (mean === undefined || variance === undefined) continue;
      const epsilon = floatAttribute(program.file, node, "epsilon") ?? FUSED_EPSILON;
      sites.push({
        at,
        site: {
          node: node.name,
          epsilon,
          mean: traced(mean),
          variance: traced(variance),
          counter: counterOf(program, variance, traced),
        },
      });
    } else {
      const sum = epsilonSum(program, root.index.dataInputs(node)[0]);
      if (sum === undefined) continue;
      const variance = traced(sum.value);
      if (!isStatistic(variance, VARIANCE_VARIABLE)) continue;
      const mean = findMean(program, position, rank, consumers, variance, traced);
      sites.push({
        at: mean.end,
        site: {
          node: node.name,
          epsilon: sum.epsilon,
          mean: mean.origins,
          variance,
          counter: counterOf(program, sum.value, traced),
        },
      });
    }
  }
  return sites.sort((a, b) => a.at - b.at).map(({ site }) => site);
}

/** Whether an inverse root is one of a sum of squares and epsilon, of which a spectral norm has several: no statistic comes from there. */
function isOfSquares(index: GraphIndex, position: number): boolean {
  const sum = inputAt(index, position, 0);
  for (let input = 0; input < 2; input++) {
    const operand = inputAt(index, sum, input);
    if (index.nodes.op(operand) === "Sum" && index.nodes.op(inputAt(index, operand, 0)) === "Square") return true;
  }
  return false;
}

/** Position of a node's input; -1 when it has none of that number. */
function inputAt(index: GraphIndex, position: number, input: number): number {
  return position >= 0 && input < index.dataCount(position) ? index.dataSource(position, input) : -1;
}

const COUNTER = /\/accumulation_counter$/;

function counterOf(program: Program, variance: Value, traced: (value: Value) => Origins): NodeDef | undefined {
  const { frame, value } = throughIdentity(program, { frame: program.root, value: variance });
  const divisor = value.node.op === "RealDiv" ? frame.index.dataInputs(value.node)[1] : undefined;
  return divisor && traced(divisor).variables.find(({ name }) => COUNTER.test(name));
}

function isStatistic(origins: Origins, variable: RegExp): boolean {
  return statisticTables(origins).length > 0 || origins.variables.some((node) => variable.test(node.name));
}

/** `value + epsilon`, either way round. */
function epsilonSum(
  program: Program,
  sum: Value | undefined,
): { readonly value: Value; readonly epsilon: number } | undefined {
  if (sum === undefined) return undefined;
  const { frame, value } = throughIdentity(program, { frame: program.root, value: sum });
  if (value.node.op !== "Add" && value.node.op !== "AddV2") return undefined;
  const [a, b] = frame.index.dataInputs(value.node);
  if (a === undefined || b === undefined) return undefined;
  const second = scalarConstant(program, { frame, value: b });
  if (second !== undefined) return { value: a, epsilon: second };
  const first = scalarConstant(program, { frame, value: a });
  return first === undefined ? undefined : { value: b, epsilon: first };
}

/**
 * Follows the inverse deviation forwards, through the products and sums of the batch norm. Where it meets `x - mean` or, in the folded form, the
 * mean itself, that is traced. `end` is where the batch norm's result is first used.
 */
function findMean(
  program: Program,
  inverse: number,
  rank: Int32Array,
  consumers: ReadonlyMap<number, readonly number[]>,
  variance: Origins,
  traced: (value: Value) => Origins,
): { readonly origins: Origins | undefined; readonly end: number } {
  const { index } = program.root;
  const own = statisticTables(variance);
  const reached = new Set([inverse]);
  let origins: Origins | undefined;
  let end = Number.POSITIVE_INFINITY;
  for (const position of reached) {
    for (const userPosition of consumers.get(position) ?? []) {
      program.step();
      const at = rank[userPosition] ?? -1;
      const op = index.nodes.op(userPosition);
      if (at < 0 || reached.has(userPosition)) continue;
      if (!AFFINE.has(op)) {
        end = Math.min(end, at);
        continue;
      }
      reached.add(userPosition);
      const user = index.nodes.at(userPosition);
      if (user === undefined || origins !== undefined || (op !== "Mul" && op !== "RealDiv")) continue;
      for (const operand of index.dataInputs(user)) {
        if (operand.node === index.nodes.at(position)) continue;
        const candidate = traced(meanOperand(program, { frame: program.root, value: operand }));
        const tables = statisticTables(candidate).filter((table) => isLike(table, own));
        if (tables.length > 0 || candidate.variables.some((variable) => MEAN_VARIABLE.test(variable.name))) {
          origins = { tables, variables: candidate.variables };
        }
      }
    }
  }
  return { origins, end };
}

/** A table of means has the size of the variances' and is another one; weights that are constants have other sizes. */
function isLike(table: StatisticTable, variances: readonly StatisticTable[]): boolean {
  const { node, rows, columns } = table;
  return (
    variances.length > 0 &&
    variances.every((other) => other.node !== node && other.rows === rows && other.columns === columns)
  );
}

/** The mean of `x - mean`; anything else is taken for the mean itself. */
function meanOperand(program: Program, operand: FrameValue): Value {
  const { frame, value } = throughIdentity(program, operand);
  const subtracted = value.node.op === "Sub" ? frame.index.dataInputs(value.node)[1] : undefined;
  return subtracted ?? value;
}
