import { FormatError } from "../../core/errors.js";
import { functionAttribute } from "../saved-model/attributes.js";
import { createGraphIndex, functionIndex, type GraphIndex, type Value } from "../saved-model/graph-index.js";
import type { GraphDef, NodeDef } from "../saved-model/types.js";

/** Call sites that are entered, nested ones counted each time. Real modules have a few dozen; functions calling functions can claim 2^n. */
const MAX_FRAMES = 4096;

/** Steps of all walks together. A full-size module takes some 30,000. */
const MAX_STEPS = 2_000_000;

/** The main graph, or the body of a function as one call site sees it. */
export interface Frame {
  readonly index: GraphIndex;
  /** What the caller passes for an argument; nothing in the main graph. */
  argument(name: string): FrameValue | undefined;
}

export interface FrameValue {
  readonly frame: Frame;
  readonly value: Value;
}

/** One function entered from one call site. */
export interface Call {
  readonly frame: Frame;
  /** The value in the body that is output number n of the call. */
  result(output: number): FrameValue | undefined;
}

/** A graph with its function library, entered on demand. */
export interface Program {
  readonly file: string;
  readonly root: Frame;
  /** The functions that a node calls: both branches of an `If`, the body of a `PartitionedCall`. Empty for other nodes. */
  calls(frame: Frame, node: NodeDef): readonly Call[];
  /** Counts one step of a walk. Throws {@link FormatError} when a graph is made to be walked without end. */
  step(): void;
}

/** Attributes that name functions, and how many inputs come before the function's arguments. */
export const CALL_OPS: ReadonlyMap<string, { readonly functions: readonly string[]; readonly skip: number }> = new Map(
  Object.entries({
    If: { functions: ["then_branch", "else_branch"], skip: 1 },
    StatelessIf: { functions: ["then_branch", "else_branch"], skip: 1 },
    PartitionedCall: { functions: ["f"], skip: 0 },
    StatefulPartitionedCall: { functions: ["f"], skip: 0 },
    While: { functions: ["body"], skip: 0 },
    StatelessWhile: { functions: ["body"], skip: 0 },
  }),
);

export function createProgram(file: string, graph: GraphDef): Program {
  const bodies = new Map<string, GraphIndex>();
  const known = new Map<Frame, Map<NodeDef, readonly Call[]>>();
  let frames = 0;
  let steps = 0;

  function enter(caller: Frame, node: NodeDef, name: string, skip: number): Call | undefined {
    const definition = graph.functions.get(name);
    if (definition === undefined) {
      throw new FormatError({ file, field: `node ${node.name}` }, `a function named ${name}`, "none");
    }
    if (++frames > MAX_FRAMES) {
      throw new FormatError({ file, field: `function ${name}` }, `at most ${MAX_FRAMES} calls`, "more");
    }
    const index = bodies.get(name) ?? functionIndex(file, definition);
    bodies.set(name, index);
    const passed = caller.index.dataInputs(node);
    const frame: Frame = {
      index,
      argument(argument) {
        const value = passed[definition.inputs.indexOf(argument) + skip];
        return value === undefined ? undefined : { frame: caller, value };
      },
    };
    return {
      frame,
      result(output) {
        const reference = definition.results[definition.outputs[output] ?? ""];
        if (reference === undefined) return undefined;
        return { frame, value: index.value(reference, `the results of function ${name}`) };
      },
    };
  }

  return {
    file,
    root: { index: createGraphIndex(file, graph.nodes), argument: () => undefined },
    calls(frame, node) {
      const own = known.get(frame) ?? new Map<NodeDef, readonly Call[]>();
      known.set(frame, own);
      const seen = own.get(node);
      if (seen !== undefined) return seen;
      const op = CALL_OPS.get(node.op);
      const names = op?.functions.map((attribute) => functionAttribute(file, node, attribute) ?? "") ?? [];
      const calls = names.flatMap((name) => enter(frame, node, name, op?.skip ?? 0) ?? []);
      own.set(node, calls);
      return calls;
    },
    step() {
      if (++steps > MAX_STEPS) {
        throw new FormatError({ file, field: "graph" }, `a graph that is understood in ${MAX_STEPS} steps`, "more");
      }
    },
  };
}

/** Through nodes that hand on their first input unchanged. */
export function throughIdentity(program: Program, start: FrameValue): FrameValue {
  let { frame, value } = start;
  for (;;) {
    program.step();
    const next =
      value.node.op === "Identity" || value.node.op === "Snapshot" || value.node.op === "StopGradient"
        ? frame.index.dataInputs(value.node)[0]
        : undefined;
    if (next !== undefined) {
      value = next;
      continue;
    }
    const passed = value.node.op === "_Arg" ? frame.argument(value.node.name) : undefined;
    if (passed === undefined) return { frame, value };
    ({ frame, value } = passed);
  }
}
