import { type Arithmetic, FLOAT32_MODULE, FLOAT64 } from "./budget/arithmetic.js";
import type { KernelChoice } from "./oracles/tfjs-kernels.js";

/** One way to evaluate the module's own graph. */
export interface ModuleReference {
  readonly label: string;
  readonly kernels: KernelChoice;
  /** What its differences are judged by. Our kernels round less than TensorFlow's float32, so its budget is on the safe side. */
  readonly arithmetic: Arithmetic;
}

/** By the names that `--against` takes. */
export const MODULE_REFERENCES: ReadonlyMap<string, ModuleReference> = new Map([
  ["module", { label: "the module's own graph", kernels: "float64", arithmetic: FLOAT64 }],
  ["module:float32", { label: "the module's own graph in float32", kernels: "tfjs", arithmetic: FLOAT32_MODULE }],
]);
