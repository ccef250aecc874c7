import { callableOf, isKnownGlobal } from "./globals.js";
import type { Handler } from "./handler.js";
import { fault, type Machine, pop, popString, popToMark, popTuple, push, top } from "./machine.js";
import type { OpcodeName } from "./opcodes.js";
import { describeValue, isKind, type PickleValue } from "./values.js";

/** Names, calls of the few that may be called, and what a file may not use at all. */
export const CALL_HANDLERS = {
  GLOBAL: (machine, { lines: [module = "", name = ""] }) => pushGlobal(machine, module, name),
  STACK_GLOBAL: (machine) => {
    const name = popString(machine);
    pushGlobal(machine, popString(machine), name);
  },
  REDUCE: (machine) => {
    const args = popTuple(machine);
    call(machine, pop(machine), args);
  },
  NEWOBJ: (machine) => {
    const args = popTuple(machine);
    call(machine, pop(machine), args);
  },
  NEWOBJ_EX: (machine) => {
    const named = pop(machine);
    if (!isKind(named, "dict") || named.entries.length > 0)
      throw fault(machine, "no named arguments", describeValue(named));
    const args = popTuple(machine);
    call(machine, pop(machine), args);
  },
  INST: (machine, { lines: [module = "", name = ""] }) => {
    const args = popToMark(machine);
    pushGlobal(machine, module, name);
    call(machine, pop(machine), args);
  },
  OBJ: (machine) => {
    const [callee = null, ...args] = popToMark(machine);
    call(machine, callee, args);
  },
  BUILD: (machine) => {
    const state = pop(machine);
    setState(machine, top(machine), state);
  },
  BINPERSID: (machine) => {
    const id = pop(machine);
    push(machine, machine.storageOf(id, machine));
  },
  PERSID: (machine) => refuse(machine, "a text as a storage's id, which torch never writes"),
  EXT1: (machine) => refuse(machine, "a code of Python's extension registry"),
  EXT2: (machine) => refuse(machine, "a code of Python's extension registry"),
  EXT4: (machine) => refuse(machine, "a code of Python's extension registry"),
  NEXT_BUFFER: (machine) => refuse(machine, "a buffer outside the pickle"),
  READONLY_BUFFER: (machine) => refuse(machine, "a buffer outside the pickle"),
} satisfies Partial<Record<OpcodeName, Handler>>;

const ONLY_TENSORS =
  "Nothing in a file is ever run. In Python, load the file as you trust it, and save model.state_dict() alone.";

/** Longest name that a message repeats. */
const MAX_QUOTED = 80;

function pushGlobal(machine: Machine, module: string, name: string): void {
  const full = `${module}.${name}`;
  // A dotted name would walk through attributes: `torch`, `os.system`. None that is allowed has one.
  if (!name.includes(".") && isKnownGlobal(full)) push(machine, { kind: "global", name: full });
  else {
    const found = full.replace(/[^\x20-\x7e]/g, "?").slice(0, MAX_QUOTED);
    throw fault(machine, "only what builds tensors and plain containers", found, ONLY_TENSORS);
  }
}

function call(machine: Machine, callee: PickleValue, args: readonly PickleValue[]): void {
  const run = isKind(callee, "global") ? callableOf(callee.name) : undefined;
  if (run === undefined) throw fault(machine, "something that may be called", describeValue(callee), ONLY_TENSORS);
  push(machine, run(args, machine));
}

/** A dict may be given attributes, which are dropped; a Namespace has nothing else. The rest of what is built has no state. */
function setState(machine: Machine, target: PickleValue, state: PickleValue): void {
  if (isKind(target, "named")) return;
  if (!isKind(target, "dict")) throw fault(machine, "a dict, to set its state", describeValue(target));
  if (!isKind(state, "dict")) throw fault(machine, "a dict of attributes", describeValue(state));
  // Shared, not copied: two that take each other's entries in turn would double at each step.
  if (target.isNamespace === true) target.entries = state.entries;
}

function refuse(machine: Machine, found: string): never {
  throw fault(machine, "an opcode that torch.save writes", found);
}
