import type { Handler } from "./handler.js";
import { fault, type Machine, pop, popToMark, push, top } from "./machine.js";
import type { OpcodeName } from "./opcodes.js";
import { describeValue, isKind, type PickleValue } from "./values.js";

/** Tuples, lists, dicts and sets. A container may come to hold itself: who walks through one must bound the depth. */
export const CONTAINER_HANDLERS = {
  EMPTY_TUPLE: (machine) => push(machine, { kind: "tuple", items: [] }),
  TUPLE: (machine) => push(machine, { kind: "tuple", items: popToMark(machine) }),
  TUPLE1: (machine) => push(machine, { kind: "tuple", items: lastOf(machine, 1) }),
  TUPLE2: (machine) => push(machine, { kind: "tuple", items: lastOf(machine, 2) }),
  TUPLE3: (machine) => push(machine, { kind: "tuple", items: lastOf(machine, 3) }),
  EMPTY_LIST: (machine) => push(machine, { kind: "list", items: [] }),
  LIST: (machine) => push(machine, { kind: "list", items: popToMark(machine) }),
  APPEND: (machine) => {
    const item = pop(machine);
    topOf(machine, "list").items.push(item);
  },
  APPENDS: (machine) => {
    const added = popToMark(machine);
    extend(topOf(machine, "list").items, added);
  },
  EMPTY_SET: (machine) => push(machine, { kind: "set", items: [] }),
  ADDITEMS: (machine) => {
    const added = popToMark(machine);
    extend(topOf(machine, "set").items, added);
  },
  FROZENSET: (machine) => push(machine, { kind: "set", items: popToMark(machine) }),
  EMPTY_DICT: (machine) => push(machine, { kind: "dict", entries: [] }),
  DICT: (machine) => push(machine, { kind: "dict", entries: pairs(machine, popToMark(machine)) }),
  SETITEM: (machine) => {
    const value = pop(machine);
    const key = pop(machine);
    topOf(machine, "dict").entries.push([key, value]);
  },
  SETITEMS: (machine) => {
    const added = pairs(machine, popToMark(machine));
    extend(topOf(machine, "dict").entries, added);
  },
} satisfies Partial<Record<OpcodeName, Handler>>;

function lastOf(machine: Machine, count: number): PickleValue[] {
  return Array.from({ length: count }, () => pop(machine)).reverse();
}

/** Item by item: a call with a list as its arguments would fill JavaScript's own stack. */
function extend<T>(items: T[], added: readonly T[]): void {
  for (const item of added) items.push(item);
}

function topOf<K extends "list" | "set" | "dict">(machine: Machine, kind: K) {
  const value = top(machine);
  if (isKind(value, kind)) return value;
  throw fault(machine, `a ${kind}`, describeValue(value));
}

function pairs(machine: Machine, items: readonly PickleValue[]): [PickleValue, PickleValue][] {
  if (items.length % 2 !== 0) throw fault(machine, "keys and values in pairs", `${items.length} values`);
  return Array.from({ length: items.length / 2 }, (_, i) => [items[2 * i] ?? null, items[2 * i + 1] ?? null]);
}
