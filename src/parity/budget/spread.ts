import { type Extents, type Field, mixed, noError, scaledBy } from "./field.js";

/** How far a computed value may be from the exact one: the variances of its errors. */
export interface Spread {
  /** Errors that are independent from one position to the next, as the last rounding leaves them. */
  readonly fresh: Field;
  /** Errors that neighbouring positions share: what came through a convolution, an upsampling, a gain. */
  readonly carried: Field;
  /** [rows]: variance of a relative error that all elements of an image share, being that of a factor of a whole filter. None when absent. */
  readonly scale?: Float64Array | undefined;
  /** [rows]: the largest variance of an element, where an operation has let errors pass at some elements only. */
  readonly worst?: Float64Array | undefined;
}

export function exact(extents: Extents): Spread {
  return { fresh: noError(extents), carried: noError(extents) };
}

/** The shared relative error counted as carried: `squares` are those of the value. */
export function absorbed({ fresh, carried, scale, worst }: Spread, squares: Field): Spread {
  if (scale === undefined) return { fresh, carried, worst };
  return { fresh, worst, carried: mixed([carried, scaledBy(squares, (row) => scale[row] ?? 0)]) };
}

/** Both kinds together, after {@link absorbed}. */
export function whole({ fresh, carried }: Spread): Field {
  return mixed([fresh, carried]);
}

/** The variance of both kinds in one channel of an image, of which the only row may stand for all. */
export function varianceAt({ fresh, carried }: Spread, row: number, channel: number): number {
  const index = entryOf(fresh, row, channel);
  return (fresh.channels[index] ?? 0) + (carried.channels[index] ?? 0);
}

/** Entry (row, channel) of an array [rows, width], of which the only row or the only number may stand for all. */
export function entryOf({ rows, width }: Pick<Extents, "rows" | "width">, row: number, channel: number): number {
  return (rows === 1 ? 0 : row * width) + (width === 1 ? 0 : channel);
}
