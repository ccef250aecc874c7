import { ARGUMENT } from "../saved-model/graph-index.js";
import type { NodeDef } from "../saved-model/types.js";
import { CALL_OPS, type Frame, type FrameValue, type Program } from "./program.js";
import { type Assignments, VARIABLE_OPS } from "./trace.js";

const ASSIGN_OPS: ReadonlySet<string> = new Set(["Assign", "AssignVariableOp"]);

/** Ops between a variable and the assignment to it: the two forms of cond, loops. */
const HANDLE_OPS: ReadonlySet<string> = new Set([
  "Identity",
  "Switch",
  "RefSwitch",
  "Enter",
  "RefEnter",
  "RefIdentity",
]);

/** The variable that a handle is of, when it is known. */
function variableOf(program: Program, start: FrameValue): NodeDef | undefined {
  let { frame, value } = start;
  for (;;) {
    program.step();
    const { node } = value;
    if (VARIABLE_OPS.has(node.op)) return node;
    const next: FrameValue | undefined =
      node.op === ARGUMENT ? frame.argument(node.name) : firstInput(frame, HANDLE_OPS.has(node.op) ? node : undefined);
    if (next === undefined) return undefined;
    ({ frame, value } = next);
  }
}

function firstInput(frame: Frame, node: NodeDef | undefined): FrameValue | undefined {
  const value = node === undefined ? undefined : frame.index.dataInputs(node)[0];
  return value === undefined ? undefined : { frame, value };
}

/** All assignments of a program, in the main graph and in the functions that it calls; collected when first asked for. */
export function findAssignments(program: Program): Assignments {
  let byVariable: Map<NodeDef, FrameValue[]> | undefined;
  return (variable) => {
    byVariable ??= collect(program);
    return byVariable.get(variable) ?? [];
  };
}

function collect(program: Program): Map<NodeDef, FrameValue[]> {
  const byVariable = new Map<NodeDef, FrameValue[]>();
  const frames: Frame[] = [program.root];
  for (let frame = frames.pop(); frame !== undefined; frame = frames.pop()) {
    const { nodes } = frame.index;
    for (let position = 0; position < nodes.length; position++) {
      program.step();
      const op = nodes.op(position);
      const node = CALL_OPS.has(op) || ASSIGN_OPS.has(op) ? nodes.at(position) : undefined;
      if (node === undefined) continue;
      for (const call of program.calls(frame, node)) frames.push(call.frame);
      if (!ASSIGN_OPS.has(op)) continue;
      const [handle, value] = frame.index.dataInputs(node);
      const variable = handle === undefined ? undefined : variableOf(program, { frame, value: handle });
      if (variable === undefined || value === undefined) continue;
      const known = byVariable.get(variable) ?? [];
      known.push({ frame, value });
      byVariable.set(variable, known);
    }
  }
  return byVariable;
}
