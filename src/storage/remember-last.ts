import type { ParameterSource } from "../core/parameter-source.js";
import { toFloat32 } from "../core/tensor.js";

/**
 * A source that keeps the parameter it read last, rounded to float32, for writers that need its codes, its scales and its offsets in turn:
 * the same array for the same name, so that {@link int8Form} remembers it too.
 */
export function rememberLast(source: ParameterSource): ParameterSource {
  let last: { readonly name: string; readonly values: Float32Array<ArrayBuffer> } | undefined;
  return {
    ...source,
    async read(name, options) {
      if (last?.name !== name) {
        last = undefined;
        last = { name, values: toFloat32(await source.read(name, options)) };
      }
      return last.values;
    },
  };
}
