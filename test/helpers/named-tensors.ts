import type { TensorInfo, TensorSource } from "../../src/core/tensor-source.js";

/** A source with names and shapes but no bytes: enough for everything that must not read weights. */
export function namedTensors(file: string, shapes: ReadonlyMap<string, readonly number[]>): TensorSource {
  const tensors = new Map<string, TensorInfo>();
  for (const name of [...shapes.keys()].sort()) {
    const shape = shapes.get(name) ?? [];
    const byteLength = 4 * shape.reduce((product, extent) => product * extent, 1);
    tensors.set(name, { name, dtype: "float32", shape, byteLength, origin: file });
  }
  return {
    file,
    format: "names",
    tensors,
    read: (name) => Promise.reject(new Error(`${name} was read`)),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** Lines of `name 3x3x96x3` (or `name scalar`). */
export function parseInventory(text: string): Map<string, readonly number[]> {
  const shapes = new Map<string, readonly number[]>();
  for (const line of text.trim().split("\n")) {
    const [name = "", extents = ""] = line.split(" ");
    shapes.set(name, extents === "scalar" ? [] : extents.split("x").map(Number));
  }
  return shapes;
}
