import type { NodeDef } from "../../formats/saved-model/types.js";
import type { Tensor64 } from "../../runtime/reference/tensor64.js";

/** What a variable's node puts out: whoever needs the number reads it then. */
export interface VariableHandle {
  readonly variable: NodeDef;
}

/** Something that no arithmetic here is done with, such as the text of an assertion. */
export interface Opaque {
  readonly opaque: string;
}

export type Value = Tensor64 | VariableHandle | Opaque;

/** The outputs of a node that ran. An undefined one is dead: it belongs to a branch that was not taken. */
export type Outputs = readonly (Value | undefined)[];

export function isTensor(value: Value): value is Tensor64 {
  return "data" in value;
}

export function isHandle(value: Value): value is VariableHandle {
  return "variable" in value;
}
