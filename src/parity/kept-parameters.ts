import type { ParameterSource } from "../core/parameter-source.js";
import type { FloatArray } from "../core/tensor.js";

/** What is kept of a model: small ones whole. A large one is read again, as it would be without. */
const MAX_BYTES = 256 * 1024 * 1024;

/** A source that remembers what it has read, for runs that open the same model many times. */
export function keptParameters(source: ParameterSource): ParameterSource {
  const kept = new Map<string, FloatArray>();
  let bytes = 0;
  return {
    async read(name, options) {
      const known = kept.get(name);
      if (known !== undefined) return known;
      const data = await source.read(name, options);
      if (bytes + data.byteLength <= MAX_BYTES && !kept.has(name)) {
        kept.set(name, data);
        bytes += data.byteLength;
      }
      return data;
    },
  };
}
