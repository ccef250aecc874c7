import { FormatError } from "../../core/errors.js";
import { DAMAGED, type Instruction, type PickleCursor } from "./instruction.js";
import { describeValue, isKind, type PickleStorage, type PickleValue } from "./values.js";

/** The state of an unpickling: what Python's own machine has, without a way to run anything. */
export interface Machine {
  readonly cursor: PickleCursor;
  readonly stack: PickleValue[];
  /** Heights of the stack at each open MARK. */
  readonly marks: number[];
  readonly memo: Map<number, PickleValue>;
  /** What a persistent id stands for: a storage in the file around the pickle. */
  readonly storageOf: StorageOf;
  /** The instruction under way, for messages. */
  current: Instruction;
  /** How many values calls have copied so far. */
  copied: number;
}

/** Finds the storage that a persistent id names. Throws through the machine's {@link fault} when there is none. */
export type StorageOf = (id: PickleValue, machine: Machine) => PickleStorage;

/** torch writes lists in batches of a thousand; whatever piles up more on the stack builds no checkpoint. */
const MAX_STACK = 262_144;

/** torch numbers its memo from 0 without gaps, some seven entries a tensor. */
const MAX_MEMO = 1_048_576;

/** A {@link FormatError} at the instruction under way. */
export function fault({ cursor, current }: Machine, expected: string, found: string, hint?: string): FormatError {
  const place = { file: cursor.file, offset: current.at, field: current.name };
  return new FormatError(place, expected, found, hint === undefined ? DAMAGED : { hint });
}

export function push(machine: Machine, value: PickleValue): void {
  if (machine.stack.length >= MAX_STACK) throw fault(machine, `at most ${MAX_STACK} values on the stack`, "more");
  machine.stack.push(value);
}

export function mark(machine: Machine): void {
  if (machine.marks.length >= MAX_STACK) throw fault(machine, `at most ${MAX_STACK} marks`, "more");
  machine.marks.push(machine.stack.length);
}

/** The topmost value, which must lie above the last mark. */
export function pop(machine: Machine): PickleValue {
  const value = machine.stack.length > (machine.marks.at(-1) ?? 0) ? machine.stack.pop() : undefined;
  if (value === undefined) throw fault(machine, "a value on the stack", "none");
  return value;
}

export function top(machine: Machine): PickleValue {
  const value = pop(machine);
  machine.stack.push(value);
  return value;
}

/** All values above the last mark, and the mark with them. */
export function popToMark(machine: Machine): PickleValue[] {
  const height = machine.marks.pop();
  if (height === undefined) throw fault(machine, "a mark on the stack", "none");
  return machine.stack.splice(height);
}

export function popString(machine: Machine): string {
  const value = pop(machine);
  if (typeof value === "string") return value;
  throw fault(machine, "a string", describeValue(value));
}

export function popTuple(machine: Machine): readonly PickleValue[] {
  const value = pop(machine);
  if (isKind(value, "tuple")) return value.items;
  throw fault(machine, "a tuple of arguments", describeValue(value));
}

export function remember(machine: Machine, index: number): void {
  if (!Number.isSafeInteger(index) || index < 0 || index >= MAX_MEMO) {
    throw fault(machine, `a memo index below ${MAX_MEMO}`, `${index}`);
  }
  machine.memo.set(index, top(machine));
}

export function recall(machine: Machine, index: number): void {
  const value = machine.memo.get(index);
  if (value === undefined) throw fault(machine, "a memo index that was set", `${index}`);
  push(machine, value);
}
