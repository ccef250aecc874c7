import type { ParameterSource } from "../core/parameter-source.js";
import { toFloat32 } from "../core/tensor.js";
import { keptParameters } from "../parity/kept-parameters.js";

/**
 * A model's float32 numbers, remembered: exports start from them, and the same array each time lets a parameter's codes be remembered too. In
 * float64, as checkpoints compute them, half as many would be kept.
 */
export function keptInFloat32(source: ParameterSource): ParameterSource {
  return keptParameters({ read: async (name, options) => toFloat32(await source.read(name, options)) });
}
