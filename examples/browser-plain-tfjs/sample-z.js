/**
 * A latent vector: normal numbers, those beyond 2 drawn again, times the truncation. The same seed gives the same picture on this
 * page, not the same as `biggan-port sample`, which draws numpy's numbers.
 */
export function sampleZ(size, truncation, seed) {
  const uniform = xorshift32(seed);
  return Float32Array.from({ length: size }, () => {
    for (;;) {
      // Box and Muller: https://en.wikipedia.org/wiki/Box%E2%80%93Muller_transform
      const value = Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
      if (Math.abs(value) <= 2) return value * truncation;
    }
  });
}

/** Uniform numbers in [0, 1): Marsaglia's xorshift with 32 bits, https://doi.org/10.18637/jss.v008.i14 */
function xorshift32(seed) {
  let state = (2 * seed + 1) | 0; // Odd: from 0 it would not move.
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 16; i++) next(); // Until seeds that differ in one bit have parted.
  return next;
}
