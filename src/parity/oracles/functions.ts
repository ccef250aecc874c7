import { FormatError } from "../../core/errors.js";
import { functionIndex } from "../../formats/saved-model/graph-index.js";
import type { FunctionDef, NodeDef } from "../../formats/saved-model/types.js";
import { nodeField } from "./call.js";
import { type Plan, planOf } from "./plan.js";
import { type RunContext, runPlan } from "./run-plan.js";
import type { Outputs, Value } from "./value.js";

/** Real graphs nest a branch or two; a function that calls itself without end stops here. */
const MAX_DEPTH = 32;

/** Functions that call two others each grow beyond any patience; a real module calls a few. */
const MAX_CALLS = 10_000;

/** Ops that a function runs for what they do, even when none of its results needs them. */
const STATEFUL = /^(Assign|StatefulPartitionedCall$|If$|Assert$)/;

/** How functions of a library are run, within the run that calls them. */
export function createInvoke(
  file: string,
  functions: ReadonlyMap<string, FunctionDef>,
  context: Omit<RunContext, "invoke">,
): RunContext["invoke"] {
  const plans = new Map<string, Plan>();
  let calls = 0;
  const planFor = (definition: FunctionDef): Plan => {
    const known = plans.get(definition.name);
    if (known !== undefined) return known;
    const plan = functionPlan(file, definition);
    plans.set(definition.name, plan);
    return plan;
  };

  const invokeAt = (depth: number): RunContext["invoke"] => {
    return async (caller: NodeDef, name: string, inputs: readonly Value[]): Promise<Outputs> => {
      const field = nodeField(caller);
      const definition = functions.get(name);
      if (definition === undefined) throw new FormatError({ file, field }, `a function named ${name}`, "none");
      if (depth === MAX_DEPTH)
        throw new FormatError({ file, field }, `at most ${MAX_DEPTH} calls inside each other`, "more");
      if (++calls > MAX_CALLS) throw new FormatError({ file, field }, `at most ${MAX_CALLS} calls in a run`, "more");
      if (inputs.length !== definition.inputs.length) {
        const found = `${inputs.length} arguments`;
        throw new FormatError({ file, field }, `${definition.inputs.length} arguments for ${name}`, found);
      }
      const byName = new Map(definition.inputs.map((argument, position) => [argument, inputs[position]]));
      const inner = { ...context, invoke: invokeAt(depth + 1) };
      return await runPlan(inner, planFor(definition), { argument: (argument) => byName.get(argument) });
    };
  };
  return invokeAt(0);
}

function functionPlan(file: string, definition: FunctionDef): Plan {
  const index = functionIndex(file, definition);
  const results = definition.outputs.map((name) => {
    const field = `function ${definition.name}, output ${name}`;
    const reference = Object.hasOwn(definition.results, name) ? definition.results[name] : undefined;
    if (reference === undefined) throw new FormatError({ file, field }, "a node that it comes from", "none");
    return index.value(reference, field);
  });
  return planOf(
    index,
    results,
    [...definition.nodes].filter((node) => STATEFUL.test(node.op)),
  );
}
