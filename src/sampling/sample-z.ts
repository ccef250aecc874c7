import { UsageError } from "../core/errors.js";
import type { Tensor } from "../core/tensor.js";
import { ndtr, ndtri } from "./normal-distribution.js";
import { randomState } from "./numpy-random.js";

/** The standard normal is cut off here, on both sides, as in the public demo. */
const BOUND = 2;

/** 512 MiB of float64: a million latent vectors, and no picture is made of more in one go. */
const MAX_VALUES = 64 * 1024 * 1024;

const LOWER = ndtr(-BOUND);
const MASS = ndtr(BOUND) - LOWER;

/**
 * `count` values of a standard normal truncated to [-2, 2], as
 * `scipy.stats.truncnorm.rvs(-2, 2, size=count, random_state=RandomState(seed))` gives them, to 4e-15 and equal in float32:
 * the inverse of the distribution function at one uniform number each.
 */
export function truncatedNormal(count: number, seed: number): Float64Array<ArrayBuffer> {
  const uniform = randomState(seed);
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) values[i] = ndtri(LOWER + uniform() * MASS);
  return values;
}

export interface SampleZOptions {
  readonly count: number;
  readonly zDim: number;
  /** From 0 to 1. The same number goes into the graph, which picks its statistics by it. */
  readonly truncation: number;
  /** From 0 to 2^32 - 1. */
  readonly seed: number;
}

/**
 * The public BigGAN demo's latent vectors, [count, zDim] in float64, row after row from one stream: `truncation` times
 * {@link truncatedNormal}. The cast to float32 happens when they are fed. Throws a {@link UsageError} on bad options.
 *
 * @example
 * const z = sampleZ({ count: 8, zDim: 120, truncation: 0.4, seed: 0 });
 */
export function sampleZ({ count, zDim, truncation, seed }: SampleZOptions): Tensor {
  for (const [name, value] of [
    ["count", count],
    ["zDim", zDim],
  ] as const) {
    if (!Number.isInteger(value) || value < 1) {
      throw new UsageError(`${name}: expected a whole number above 0, found ${value}`);
    }
  }
  if (count * zDim > MAX_VALUES) {
    throw new UsageError(`count: expected at most ${Math.floor(MAX_VALUES / zDim)} vectors of ${zDim}, found ${count}`);
  }
  if (!(truncation >= 0 && truncation <= 1)) {
    throw new UsageError(`truncation: expected a number from 0 to 1, found ${truncation}`);
  }
  const data = truncatedNormal(count * zDim, seed);
  for (let i = 0; i < data.length; i++) data[i] = (data[i] ?? 0) * truncation;
  return { shape: [count, zDim], data };
}

/** One latent vector for each row, [rows, zDim] in float32 as it is fed: every row has a truncation and a seed of its own. */
export function sampleRows(
  zDim: number,
  rows: readonly { readonly truncation: number; readonly seed: number }[],
): Tensor {
  const data = new Float32Array(rows.length * zDim);
  for (const [row, { truncation, seed }] of rows.entries()) {
    data.set(sampleZ({ count: 1, zDim, truncation, seed }).data, row * zDim);
  }
  return { shape: [rows.length, zDim], data };
}
