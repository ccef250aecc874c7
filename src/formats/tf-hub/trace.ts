import { FormatError } from "../../core/errors.js";
import { intAttribute } from "../saved-model/attributes.js";
import { constantTensor } from "../saved-model/constant.js";
import { ARGUMENT } from "../saved-model/graph-index.js";
import type { NodeDef } from "../saved-model/types.js";
import { type FrameValue, type Program, throughIdentity } from "./program.js";
import { type StatisticTable, tableAt } from "./statistic-table.js";

/** What an operand of a batch norm is computed from. */
export interface Origins {
  /** Constant tables [rows, columns]; those of one column are the keys of an interpolation. */
  readonly tables: readonly StatisticTable[];
  /** Nodes of variables, in the main graph. */
  readonly variables: readonly NodeDef[];
}

/** Values that are assigned to a variable's node anywhere in the program. */
export type Assignments = (variable: NodeDef) => readonly FrameValue[];

export const VARIABLE_OPS: ReadonlySet<string> = new Set(["VarHandleOp", "VariableV2", "Variable"]);

/** Ops that select or reshape their first input. */
const FIRST_INPUT: ReadonlySet<string> = new Set([
  ...["Identity", "Snapshot", "StopGradient", "ReadVariableOp", "Reshape", "Squeeze", "ExpandDims", "Cast", "Switch"],
  ...["RefSwitch", "Enter", "RefEnter", "Exit", "BroadcastTo", "Tile", "Sum", "ResourceGather", "GatherNd", "Split"],
]);

/** Ops of an interpolation between rows, and of choosing one value or another. Square is not among them: that is a spectral norm. */
const ALL_INPUTS: ReadonlySet<string> = new Set([
  ...["Add", "AddV2", "AddN", "Sub", "Mul", "RealDiv", "MatMul", "Minimum", "Maximum", "Merge", "Pack", "ConcatV2"],
  ...["Select", "SelectV2", "Neg"],
]);

/** Variables that hold statistics. What is assigned to others is not followed: the initial values of weights look like tables. */
const STATISTIC = /\/(accumulated|moving)_(mean|var|variance)$/;

/** Follows a value back to the tables and variables that it comes from, through functions and the assignments to statistics. */
export function trace(program: Program, start: FrameValue, assignments: Assignments): Origins {
  const tables: StatisticTable[] = [];
  const variables: NodeDef[] = [];
  const seen = new Map<FrameValue["frame"], Set<NodeDef | string>>();
  const stack = [start];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    program.step();
    const { frame, value } = at;
    const visited = seen.get(frame) ?? new Set<NodeDef | string>();
    seen.set(frame, visited);
    // Most nodes have one output, and need not be named.
    const key = value.output === 0 ? value.node : `${value.node.name}:${value.output}`;
    if (visited.has(key)) continue;
    visited.add(key);
    const table = tableAt(program, frame, value.node);
    if (table !== undefined) tables.push(table);
    else if (VARIABLE_OPS.has(value.node.op)) {
      variables.push(value.node);
      if (STATISTIC.test(value.node.name)) stack.push(...assignments(value.node));
    } else stack.push(...sources(program, at).toReversed());
  }
  return { tables, variables };
}

/** What a value is computed from, one step back; nothing when the op does not belong to an interpolation. */
function sources(program: Program, at: FrameValue): readonly FrameValue[] {
  const { frame, value } = at;
  const inputs = frame.index.dataInputs(value.node).map((input): FrameValue => ({ frame, value: input }));
  const { op } = value.node;
  if (op === ARGUMENT) return [frame.argument(value.node.name) ?? []].flat();
  if (FIRST_INPUT.has(op)) return inputs.slice(0, 1);
  if (ALL_INPUTS.has(op)) return inputs;
  if (op === "StridedSlice" || op === "Slice" || op === "Gather" || op === "GatherV2" || op === "Unpack") {
    return selected(program, at, inputs);
  }
  return program.calls(frame, value.node).flatMap((call) => call.result(value.output) ?? []);
}

/** `Pack(a, b)[1]` is b: when one entry of a Pack is taken, only that one is followed. */
function selected(program: Program, at: FrameValue, inputs: readonly FrameValue[]): readonly FrameValue[] {
  const [first, position] = inputs;
  if (first === undefined) return [];
  const pack = throughIdentity(program, first);
  if (pack.value.node.op !== "Pack" || tableAt(program, pack.frame, pack.value.node) !== undefined) return [pack];
  const entry = takenEntry(program, at, position);
  const chosen = entry === undefined ? undefined : pack.frame.index.dataInputs(pack.value.node).at(entry);
  return chosen === undefined ? [pack] : [{ frame: pack.frame, value: chosen }];
}

function takenEntry(program: Program, at: FrameValue, position: FrameValue | undefined): number | undefined {
  const { node, output } = at.value;
  if (node.op === "Unpack") return output;
  if (node.op === "StridedSlice") {
    const shrink = intAttribute(program.file, node, "shrink_axis_mask") ?? 0;
    const begin = intAttribute(program.file, node, "begin_mask") ?? 0;
    if ((shrink & 1) === 0 || (begin & 1) === 1) return undefined;
  }
  const source = position === undefined ? undefined : throughIdentity(program, position).value.node;
  return source?.op === "Const" ? constantTensor(program.file, source).data[0] : undefined;
}

/** The number that a value is, when it is a constant with one element. */
export function scalarConstant(program: Program, start: FrameValue): number | undefined {
  const { node } = throughIdentity(program, start).value;
  if (node.op !== "Const") return undefined;
  try {
    const { data } = constantTensor(program.file, node);
    return data.length === 1 ? data[0] : undefined;
  } catch (error) {
    // A string constant is no number, and no fault of the file.
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}
