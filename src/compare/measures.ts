/** How far the values of one parameter in two models are apart. */
export interface Measures {
  readonly count: number;
  /** Values that are not equal as float32 numbers. */
  readonly differing: number;
  /** The largest |a - b|. */
  readonly maxAbs: number;
  /** Where it is: a position in row-major order; 0 when all are equal. */
  readonly at: number;
  /** The largest |a - b| / max(|a|, |b|), from 0 to 2. */
  readonly maxRelative: number;
  /** The largest magnitude in each. */
  readonly scaleA: number;
  readonly scaleB: number;
  /** sum ab / sqrt(sum aa · sum bb); 1 when both are all zeros, 0 when one is. */
  readonly cosine: number;
}

export interface Measuring {
  add(start: number, a: Float32Array, b: Float32Array): void;
  result(): Measures;
}

/** Measures piece by piece, sums in float64. */
export function measuring(): Measuring {
  let count = 0;
  let differing = 0;
  let maxAbs = 0;
  let at = 0;
  let maxRelative = 0;
  let scaleA = 0;
  let scaleB = 0;
  let [aa, ab, bb] = [0, 0, 0];
  return {
    add(start, a, b) {
      count += a.length;
      for (let i = 0; i < a.length; i++) {
        const x = a[i] ?? 0;
        const y = b[i] ?? 0;
        const magnitudeA = Math.abs(x);
        const magnitudeB = Math.abs(y);
        if (magnitudeA > scaleA) scaleA = magnitudeA;
        if (magnitudeB > scaleB) scaleB = magnitudeB;
        aa += x * x;
        ab += x * y;
        bb += y * y;
        if (x === y) continue;
        differing++;
        const off = Math.abs(x - y);
        maxRelative = Math.max(maxRelative, off / Math.max(magnitudeA, magnitudeB));
        if (off <= maxAbs) continue;
        maxAbs = off;
        at = start + i;
      }
    },
    result() {
      const length = Math.sqrt(aa) * Math.sqrt(bb);
      const cosine = differing === 0 ? 1 : length === 0 ? 0 : Math.min(1, ab / length);
      return { count, differing, maxAbs, at, maxRelative, scaleA, scaleB, cosine };
    },
  };
}

/** The largest difference as a part of the largest magnitude: what parameters are ranked by. */
export function relativeToScale({ maxAbs, scaleA, scaleB }: Measures): number {
  return maxAbs === 0 ? 0 : maxAbs / Math.max(scaleA, scaleB);
}
