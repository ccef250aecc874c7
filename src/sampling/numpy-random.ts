import { mersenne } from "pure-rand/generator/mersenne";
import { UsageError } from "../core/errors.js";

const MAX_SEED = 0xffffffff;

/**
 * The uniform numbers of `numpy.random.RandomState(seed).random_sample()`, one a call, in [0, 1): MT19937 seeded by
 * `init_genrand`, two 32-bit words for each 53-bit number
 * (https://github.com/numpy/numpy/blob/main/numpy/random/src/mt19937/mt19937.h, `mt19937_next_double`).
 * Throws a {@link UsageError} on a seed that numpy refuses: whole numbers from 0 to 2^32 - 1.
 */
export function randomState(seed: number): () => number {
  if (!Number.isInteger(seed) || seed < 0 || seed > MAX_SEED) {
    throw new UsageError(`seed: expected a whole number from 0 to ${MAX_SEED}, found ${seed}`);
  }
  const generator = mersenne(seed);
  return () => {
    const high = generator.next() >>> 5;
    const low = generator.next() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  };
}
