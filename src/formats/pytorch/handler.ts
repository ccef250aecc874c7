import type { Instruction } from "./instruction.js";
import type { Machine } from "./machine.js";

/** What an opcode does to the machine. It throws a `FormatError`, or changes the machine's stack, marks and memo, and nothing else. */
export type Handler = (machine: Machine, instruction: Instruction) => void;
