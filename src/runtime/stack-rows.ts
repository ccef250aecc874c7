import { elementCount, type Tensor } from "../core/tensor.js";

/** Values of shape [1, …], one an image, as one float32 tensor of shape [n, …]. */
export function stackRows(parts: readonly (Tensor | undefined)[]): Tensor {
  const extents = parts[0]?.shape.slice(1) ?? [];
  const size = elementCount(extents);
  const data = new Float32Array(parts.length * size);
  parts.forEach((part, index) => {
    if (part !== undefined) data.set(part.data, index * size);
  });
  return { shape: [parts.length, ...extents], data };
}
