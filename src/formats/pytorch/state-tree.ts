import { FormatError } from "../../core/errors.js";
import { describeValue, isKind, type PickleTensor, type PickleValue } from "./values.js";

/** A pickled value taken apart: its tensors by name, and what else it holds. */
export interface StateTree {
  readonly tensors: ReadonlyMap<string, PickleTensor>;
  readonly otherEntries: ReadonlyMap<string, string>;
}

/** A checkpoint nests three deep or four: `optimizer.state.0.exp_avg`. A container that holds itself has no end. */
const MAX_DEPTH = 32;

/** Values that are walked through. One container may stand in many places, so that there can be more than the pickle holds. */
const MAX_VALUES = 1_048_576;

/** What else a checkpoint holds is listed for people to see: epochs, scores, a configuration. */
const MAX_OTHER_ENTRIES = 100;

/** Weights have names of some 60 characters. */
const MAX_NAME_LENGTH = 1000;

/** The name of a tensor that was saved alone. */
const ALONE = "tensor";

/**
 * Lists the tensors of a checkpoint by name. Those of a state dict have its keys; those of containers within have the keys on the
 * way to them, joined with dots. `file` is for messages.
 */
export function stateTree(file: string, root: PickleValue): StateTree {
  const tensors = new Map<string, PickleTensor>();
  const otherEntries = new Map<string, string>();
  let values = 0;
  const fail = (name: string, expected: string, found: string): never => {
    const field = name === "" ? "checkpoint" : `entry ${JSON.stringify(name.slice(0, 80))}`;
    throw new FormatError({ file, field }, expected, found, {
      hint: "Save the state dict alone: torch.save(model.state_dict(), file).",
    });
  };

  function walk(value: PickleValue, name: string, depth: number): void {
    values += isKind(value, "list") || isKind(value, "tuple") ? 1 + value.items.length : 1;
    if (values > MAX_VALUES) fail("", `at most ${MAX_VALUES} values`, "more, as one stands in many places");
    if (depth > MAX_DEPTH) fail(name, `at most ${MAX_DEPTH} levels`, "more");
    if (name.length > MAX_NAME_LENGTH) fail(name, `a name of at most ${MAX_NAME_LENGTH} characters`, `${name.length}`);
    if (isKind(value, "tensor")) {
      const key = name === "" ? ALONE : name;
      if (tensors.has(key)) fail(key, "one tensor of this name", "two");
      tensors.set(key, value);
    } else if (isKind(value, "dict")) {
      for (const [key, item] of value.entries) walk(item, joined(name, keyText(key)), depth + 1);
    } else if (isKind(value, "list") || isKind(value, "tuple")) {
      if (!value.items.some(mayHoldTensors)) note(name, value);
      else for (const [i, item] of value.items.entries()) walk(item, joined(name, `${i}`), depth + 1);
    } else note(name, value);
  }

  function note(name: string, value: PickleValue): void {
    if (otherEntries.size < MAX_OTHER_ENTRIES) otherEntries.set(name, describeValue(value));
  }

  walk(root, "", 0);
  return { tensors, otherEntries };
}

function mayHoldTensors(value: PickleValue): boolean {
  return isKind(value, "tensor") || isKind(value, "dict") || isKind(value, "list") || isKind(value, "tuple");
}

function joined(prefix: string, key: string): string {
  return prefix === "" ? key : `${prefix}.${key}`;
}

/** Keys are strings in a state dict, and numbers in an optimizer's. */
function keyText(key: PickleValue): string {
  return typeof key === "string" ? key : describeValue(key);
}
