import type { BackendName } from "../../runtime/backends.js";

/** How a back-end computes, as far as its rounding errors go. */
export interface Arithmetic {
  /** `float32 on a CPU` */
  readonly name: string;
  /** Half the distance from 1 to the next larger number: the largest relative error of one rounded operation (IEEE 754-2019, 4.3.1). */
  readonly unitRoundoff: number;
  /** The same for the running sum of a product, where that is wider than the results. */
  readonly accumulatorRoundoff: number;
  /** The same for stored weights; a weight that this format holds exactly has no error. */
  readonly weightRoundoff: number;
  /** How the spectral norm is divided out, where that happens in this precision; our graph's weights come folded in float64. */
  readonly folding?: Folding;
  /** Largest errors of what IEEE 754 leaves open, in units of the last place (2 unit roundoffs) of the result. */
  readonly ulps: FunctionErrors;
}

export interface Folding {
  /** Partial sums that a reduction over a vector keeps side by side: 1 in plain loops, the numbers of a register where it is vectorised. */
  readonly lanes: number;
  /**
   * Allowance, on the standard deviation: an error of sigma is one factor of a whole filter, and what later filters make of it may add up
   * in phase where the model has it cancel. Needed where other errors do not hide it: between two float64 computations.
   */
  readonly allowance: number;
}

export interface FunctionErrors {
  readonly rsqrt: number;
  readonly divide: number;
  /** `constant + slope |x|` */
  readonly exp: { readonly constant: number; readonly slope: number };
  /** Of the result, or of 1 where the function is computed from exp(-2 |x|) and loses relative accuracy near 0. */
  readonly tanh: { readonly relative: number; readonly absolute: number };
}

/** libm, SLEEF, XNNPACK and Eigen stay within these (Eigen's tanh, in TensorFlow 2.15: 6, https://gitlab.com/libeigen/eigen/-/merge_requests/2082). */
const CPU: FunctionErrors = {
  rsqrt: 2,
  divide: 0.5,
  exp: { constant: 2, slope: 0 },
  tanh: { relative: 6, absolute: 0 },
};

/**
 * https://www.w3.org/TR/WGSL/#floating-point-accuracy: x / y 2.5, inverseSqrt 2, exp 3 + 2 |x|. tfjs computes
 * tanh = (1 - e) / (1 + e), e = exp(-2 |x|), in both its GPU back-ends: an absolute error of at most
 * 2 e (3 + 4 |x|) / (1 + e)^2 + 2.5 tanh |x| + 1, which stays below 5 units of 1.
 */
const GPU: FunctionErrors = {
  rsqrt: 2,
  divide: 2.5,
  exp: { constant: 3, slope: 2 },
  tanh: { relative: 0, absolute: 5 },
};

const IEEE = { float64: 2 ** -53, float32: 2 ** -24 } as const;

/** Our reference, and the module's graph evaluated on its kernels: plain loops. */
export const FLOAT64: Arithmetic = {
  name: "float64",
  unitRoundoff: IEEE.float64,
  accumulatorRoundoff: IEEE.float64,
  weightRoundoff: IEEE.float64,
  folding: { lanes: 1, allowance: 32 },
  ulps: CPU,
};

/** tfjs-cpu, tfjs-wasm, onnxruntime on a CPU: our graph, weights folded in float64 and rounded once. */
export const FLOAT32_CPU: Arithmetic = {
  name: "float32 on a CPU",
  unitRoundoff: IEEE.float32,
  accumulatorRoundoff: IEEE.float32,
  weightRoundoff: IEEE.float32,
  ulps: CPU,
};

/** TensorFlow running the module itself. */
export const FLOAT32_MODULE: Arithmetic = {
  ...FLOAT32_CPU,
  name: "float32, weights folded in float32",
  folding: { lanes: 4, allowance: 1 },
};

/** WebGL (highp), WebGPU, CUDA without TF32. */
export const FLOAT32_GPU: Arithmetic = { ...FLOAT32_CPU, name: "float32 on a GPU", ulps: GPU };

const ARITHMETICS = {
  reference: FLOAT64,
  "tfjs-cpu": FLOAT32_CPU,
  "tfjs-wasm": FLOAT32_CPU,
  "tfjs-webgpu": FLOAT32_GPU,
  "tfjs-node": FLOAT32_CPU,
  "tfjs-node-gpu": FLOAT32_GPU,
  "ort-cpu": FLOAT32_CPU,
  "ort-cuda": FLOAT32_GPU,
  "ort-webgpu": FLOAT32_GPU,
  "ort-wasm": FLOAT32_CPU,
  "tfjs-webgl": FLOAT32_GPU,
  "chromium:tfjs-webgpu": FLOAT32_GPU,
  "chromium:tfjs-wasm": FLOAT32_CPU,
  "chromium:ort-webgpu": FLOAT32_GPU,
  "chromium:ort-wasm": FLOAT32_CPU,
} as const satisfies Record<BackendName, Arithmetic>;

export function arithmeticOf(backend: BackendName): Arithmetic {
  return ARITHMETICS[backend];
}
