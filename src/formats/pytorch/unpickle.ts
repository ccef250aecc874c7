import { FormatError } from "../../core/errors.js";
import { CALL_HANDLERS } from "./call-handlers.js";
import { CONTAINER_HANDLERS } from "./container-handlers.js";
import type { Handler } from "./handler.js";
import { DAMAGED, type PickleCursor, readInstruction } from "./instruction.js";
import { fault, type Machine, pop, type StorageOf } from "./machine.js";
import type { OpcodeName } from "./opcodes.js";
import { SCALAR_HANDLERS } from "./scalar-handlers.js";
import type { PickleValue } from "./values.js";

/** Thirty opcodes make a tensor's entry: this is a checkpoint of thirty thousand tensors, and 200 MB of values at the worst. */
const MAX_OPCODES = 1_048_576;

/** torch writes no pickle of more than some megabytes: a hundred bytes a tensor. Tensors themselves stand outside of it. */
export const MAX_PICKLE_BYTES = 16 * 1024 * 1024;

/** All opcodes but the end. One that is missing here does not compile. */
const HANDLERS: Readonly<Record<Exclude<OpcodeName, "STOP">, Handler>> = {
  ...SCALAR_HANDLERS,
  ...CONTAINER_HANDLERS,
  ...CALL_HANDLERS,
};

/**
 * Reads one pickle at the cursor, and leaves the cursor behind it. Nothing is run: names are of a short list, and build tensors
 * and plain containers (globals.ts). Anything else, and any pickle that is damaged or too large, is a {@link FormatError}.
 */
export function unpickle(cursor: PickleCursor, storageOf: StorageOf): PickleValue {
  let current = readInstruction(cursor);
  const machine: Machine = { cursor, stack: [], marks: [], memo: new Map(), storageOf, current, copied: 0 };
  for (let count = 1; current.name !== "STOP"; count++) {
    if (count > MAX_OPCODES) throw fault(machine, `a pickle of at most ${MAX_OPCODES} opcodes`, "more");
    machine.current = current;
    HANDLERS[current.name](machine, current);
    current = readInstruction(cursor);
  }
  machine.current = current;
  const value = pop(machine);
  if (machine.stack.length === 0 && machine.marks.length === 0) return value;
  throw fault(machine, "one value at the end", `${machine.stack.length + 1}`);
}

/** For pickles around which there is no file to hold storages. */
export const noStorages: StorageOf = (_, machine) => {
  throw fault(machine, "plain values", "a storage");
};

/** Refuses a pickle before it is read. */
export function checkPickleSize(file: string, bytes: number): void {
  if (bytes <= MAX_PICKLE_BYTES) return;
  throw new FormatError({ file, field: "pickle" }, `at most ${MAX_PICKLE_BYTES} bytes`, `${bytes}`, DAMAGED);
}
