import { FormatError } from "../../core/errors.js";
import type { NodeDef } from "../../formats/saved-model/types.js";
import { nodeField } from "./call.js";
import { isTensor, type Outputs } from "./value.js";

/** What a run may hold at a time. A picture of biggan-512 takes half a GiB; a graph of a few kilobytes could claim any amount. */
const MAX_LIVE_BYTES = 8 * 2 ** 30;

/** Counts the arrays that are held, each once: a reshape shares its data. */
export interface Memory {
  /** Throws {@link FormatError} when the values of a run take too much. */
  hold(file: string, node: NodeDef, outputs: Outputs): void;
  release(outputs: Outputs): void;
}

export function createMemory(limit = MAX_LIVE_BYTES): Memory {
  const users = new Map<ArrayBuffer, number>();
  let bytes = 0;
  return {
    hold(file, node, outputs) {
      for (const { buffer } of arraysOf(outputs)) {
        const known = users.get(buffer) ?? 0;
        users.set(buffer, known + 1);
        if (known === 0) bytes += buffer.byteLength;
      }
      if (bytes > limit) {
        throw new FormatError({ file, field: nodeField(node) }, `values of at most ${limit} bytes`, `${bytes}`, {
          hint: "Use fewer pictures at a time.",
        });
      }
    },
    release(outputs) {
      for (const { buffer } of arraysOf(outputs)) {
        const left = (users.get(buffer) ?? 1) - 1;
        if (left > 0) users.set(buffer, left);
        else if (users.delete(buffer)) bytes -= buffer.byteLength;
      }
    },
  };
}

function arraysOf(outputs: Outputs): Float64Array<ArrayBuffer>[] {
  return outputs.flatMap((value) => (value !== undefined && isTensor(value) ? [value.data] : []));
}
