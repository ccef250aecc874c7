import { decodeFloats } from "../core/tensor.js";
import type { ReadOptions, TensorSource } from "../core/tensor-source.js";

/** As many are looked at: each is one number. */
const LOOKED_AT = 3;

/**
 * Whether spectral norms have left their singular values in a state dict. BigGAN-PyTorch writes one (`sv0`) beside each `u0` while it trains, and they begin
 * as 1: where there are none, or all are 1, the weights were trained by something else and converted. Reads a few numbers at most.
 */
export async function hasTrainingTraces(source: TensorSource, options: ReadOptions = {}): Promise<boolean> {
  const names = [...source.tensors.values()].filter(({ name }) => name.endsWith(".sv0"));
  for (const { name, dtype, byteLength } of names.slice(0, LOOKED_AT)) {
    if (dtype !== "float32" || byteLength !== Float32Array.BYTES_PER_ELEMENT) continue;
    const [value] = decodeFloats(await source.read(name, options), dtype);
    if (value !== 1) return true;
  }
  return false;
}
