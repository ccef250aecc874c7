import type { Tensor } from "../../core/tensor.js";

/** A tensor at a glance. The statistics are those of its finite numbers; NaN where there are none. */
export interface TensorNumbers {
  readonly shape: readonly number[];
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Root mean square. */
  readonly rms: number;
  readonly nan: number;
  readonly infinite: number;
}

export function tensorNumbers({ shape, data }: Tensor): TensorNumbers {
  let [min, max, sum, squares, nan, infinite] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0, 0, 0];
  for (const value of data) {
    if (Number.isNaN(value)) nan++;
    else if (!Number.isFinite(value)) infinite++;
    else {
      min = Math.min(min, value);
      max = Math.max(max, value);
      sum += value;
      squares += value * value;
    }
  }
  const count = data.length - nan - infinite;
  const known = (value: number) => (count === 0 ? Number.NaN : value);
  return {
    shape,
    min: known(min),
    max: known(max),
    mean: known(sum / count),
    rms: known(Math.sqrt(squares / count)),
    nan,
    infinite,
  };
}
