import { type Arithmetic, FLOAT32_CPU, FLOAT32_GPU } from "../parity/budget/arithmetic.js";
import { errorOf } from "../precision/quality.js";

/** Whatever a visitor's device computes with, WebAssembly or a GPU: of each function the larger error of the two. */
export const FLOAT32_WEB: Arithmetic = {
  ...FLOAT32_GPU,
  name: "float32 in a browser",
  ulps: {
    ...FLOAT32_GPU.ulps,
    tanh: { relative: FLOAT32_CPU.ulps.tanh.relative, absolute: FLOAT32_GPU.ulps.tanh.absolute },
  },
};

/** Black and white are 2 apart: no picture is farther from another. */
const FARTHEST = 2;

/**
 * The largest error of a pixel, in root mean square errors of the worst picture. Errors of int8 and float16 gather at edges, so they have no normal
 * tail: on the trained minis, 64 pictures each, the largest was 5 to 12 of them.
 */
const LARGEST_ERROR = 20;

/**
 * Where arithmetic itself has fewer bits there is no error budget, but the PSNR of the worst picture that was measured: the bound is 20 times its
 * root mean square error. Never below what float32 needs.
 */
export function boundOfQuality(worstPsnr: number, float32: number): number {
  return Math.min(FARTHEST, Math.max(float32, LARGEST_ERROR * Math.sqrt(errorOf(worstPsnr))));
}

/** To two digits, upwards: more would be no truer, and would differ from one machine's logarithm to another's. */
export function roundedUp(bound: number): number {
  if (!(bound > 0)) return 0;
  const unit = 10 ** (Math.floor(Math.log10(bound)) - 1);
  return Number((Math.ceil(bound / unit) * unit).toPrecision(2));
}
