import { FormatError } from "../../../src/core/errors.js";
import type { Tensor } from "../../../src/core/tensor.js";
import type { TensorInfo, TensorSource } from "../../../src/core/tensor-source.js";

/** A checkpoint of float64 tensors. `reads` counts how often each was asked for. */
export function memoryTensors(
  tensors: Readonly<Record<string, Tensor>>,
): TensorSource & { readonly reads: Map<string, number> } {
  const reads = new Map<string, number>();
  const infos = Object.entries(tensors).map(([name, { shape, data }]): [string, TensorInfo] => {
    return [name, { name, dtype: "float64", shape, byteLength: 8 * data.length, origin: "memory" }];
  });
  return {
    file: "checkpoint",
    format: "memory",
    tensors: new Map(infos),
    reads,
    async read(name) {
      const tensor = tensors[name];
      if (tensor === undefined) throw new FormatError({ file: "checkpoint", field: name }, "a tensor", "none");
      reads.set(name, (reads.get(name) ?? 0) + 1);
      return new Uint8Array(Float64Array.from(tensor.data).buffer);
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}
