import { MappingError } from "../../core/errors.js";
import { formatShape, type Shape } from "../../core/tensor.js";
import type { TensorSource } from "../../core/tensor-source.js";

/** The published generators have at most 14 blocks; more than this is not a model but a damaged index. */
export const MAX_BLOCKS = 64;

/** Looks shapes up by name while a configuration is inferred; what does not fit is a {@link MappingError}. */
export interface TensorShapes {
  has(name: string): boolean;
  /** [a, b] */
  matrix(name: string): readonly [number, number];
  /** [out, in, height, width] */
  filter(name: string): readonly [number, number, number, number];
  /** Refuses the source for a reason. */
  refuse(detail: string, hint?: string): MappingError;
}

export function tensorShapes({ file, tensors }: TensorSource): TensorShapes {
  const refuse = (detail: string, hint?: string) =>
    new MappingError(file, "infer", [{ kind: "unknown-model", detail }], hint === undefined ? {} : { hint });
  const unfit = (name: string, expected: string) => {
    const shape: Shape | undefined = tensors.get(name)?.shape;
    const found = shape === undefined ? "no such tensor" : formatShape(shape);
    return refuse(`${name}: expected shape ${expected}, found ${found}`);
  };
  return {
    has: (name) => tensors.has(name),
    matrix(name) {
      const [a, b, ...rest] = tensors.get(name)?.shape ?? [];
      if (a === undefined || b === undefined || rest.length > 0) throw unfit(name, "[out, in]");
      return [a, b];
    },
    filter(name) {
      const [a, b, c, d, ...rest] = tensors.get(name)?.shape ?? [];
      if (a === undefined || b === undefined || c === undefined || d === undefined || rest.length > 0) {
        throw unfit(name, "[out, in, height, width]");
      }
      return [a, b, c, d];
    },
    refuse,
  };
}
