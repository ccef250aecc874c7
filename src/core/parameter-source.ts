import type { FloatArray } from "./tensor.js";
import type { ReadOptions } from "./tensor-source.js";

/** A graph's parameters by their names in the graph, each read (and transformed) when asked for. */
export interface ParameterSource {
  /** Row-major, of the shape the graph declares: float64 when computed (spectral norm folded), else as stored. */
  read(name: string, options?: ReadOptions): Promise<FloatArray>;
}
