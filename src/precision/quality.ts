import type { Tensor } from "../core/tensor.js";
import { ssim } from "../parity/ssim.js";
import type { QualityCase } from "./quality-cases.js";

/** How near a reduced model's pictures come to the float32 model's. Decibels are PSNR with peak 2: pictures are in [-1, 1]. */
export interface Quality {
  readonly samples: number;
  /**
   * `overall` is that of the mean squared error of all pictures: one bad picture lowers it by much, so it is what recipes
   * promise. `mean` is the mean of the pictures' own.
   */
  readonly psnr: { readonly overall: number; readonly mean: number; readonly worst: number };
  /** Structural similarity, 1 when equal. */
  readonly ssim: { readonly mean: number; readonly worst: number };
  /** The picture of the lowest PSNR. */
  readonly worst: QualityCase & { readonly index: number };
}

/** Beyond it float32 itself cannot tell two pictures apart; a finite number also passes through JSON. */
export const MAX_DECIBELS = 150;

/** Compares pictures [n, R, R, 3] one by one. Throws an Error when there are none, or when the numbers do not match. */
export function compareQuality(wanted: Tensor, found: Tensor, cases: readonly QualityCase[]): Quality {
  const pairs = pairsOf(wanted, found, cases.length);
  const errors = pairs.map(([one, other]) => meanSquaredError(one, other));
  const similarities = pairs.map(([one, other]) => ssim(one, other));
  const index = errors.indexOf(Math.max(...errors));
  const worst = cases[index] ?? cases[0];
  if (worst === undefined) throw new Error("quality: no cases");
  return {
    samples: cases.length,
    psnr: {
      overall: decibels(mean(errors)),
      mean: mean(errors.map(decibels)),
      worst: decibels(errors[index] ?? 0),
    },
    ssim: { mean: mean(similarities), worst: Math.min(...similarities) },
    worst: { ...worst, index },
  };
}

/** The mean squared error of each picture. */
export function pictureErrors(wanted: Tensor, found: Tensor): readonly number[] {
  return pairsOf(wanted, found, wanted.shape[0] ?? 0).map(([one, other]) => meanSquaredError(one, other));
}

function pairsOf(wanted: Tensor, found: Tensor, count: number): readonly (readonly [Tensor, Tensor])[] {
  const size = wanted.data.length / count;
  if (!(size > 0) || !Number.isInteger(size) || found.data.length !== wanted.data.length) {
    throw new Error(`quality: ${count} cases of ${wanted.data.length} and ${found.data.length} numbers`);
  }
  const shape = [1, ...wanted.shape.slice(1)];
  return Array.from({ length: count }, (_, index) => {
    const part = ({ data }: Tensor): Tensor => ({ shape, data: data.subarray(index * size, (index + 1) * size) });
    return [part(wanted), part(found)];
  });
}

/** Of a mean squared error on pictures in [-1, 1]; at most {@link MAX_DECIBELS}. */
export function decibels(meanSquared: number): number {
  return Math.min(MAX_DECIBELS, 10 * Math.log10(4 / meanSquared));
}

/** The mean squared error of so many decibels. */
export function errorOf(psnr: number): number {
  return 4 / 10 ** (psnr / 10);
}

/** A picture with a number that is not finite is as wrong as can be: the error of black against white. */
export function meanSquaredError(wanted: Tensor, found: Tensor): number {
  let sum = 0;
  for (let i = 0; i < wanted.data.length; i++) {
    const difference = (found.data[i] ?? Number.NaN) - (wanted.data[i] ?? Number.NaN);
    sum += Number.isFinite(difference) ? difference * difference : 4;
  }
  return sum / wanted.data.length;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
