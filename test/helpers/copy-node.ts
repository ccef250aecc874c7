import type { NodeDef } from "../../src/formats/saved-model/types.js";

/** A node to change: its message is behind a getter, which does not go along with a spread. */
export function copyNode({ name, op, inputs, encoded }: NodeDef): NodeDef {
  return { name, op, inputs, encoded };
}
