import type { DType, FloatArray, Shape } from "../core/tensor.js";
import type { ReadOptions } from "../core/tensor-source.js";

/** A tensor to be written under another project's name, read and moved when it is asked for. */
export interface NamedTensor {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: Shape;
  values(options: ReadOptions): Promise<FloatArray>;
}
