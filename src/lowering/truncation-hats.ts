/** The numbers behind the hat functions of a grid, as float32 holds it: {@link truncationHats}. */
export interface TruncationHats {
  /** Truncations outside are taken for these. */
  readonly first: number;
  readonly last: number;
  /** For each row, the neighbouring point below and above … */
  readonly below: readonly number[];
  readonly above: readonly number[];
  /** … and one over the distance to it. */
  readonly rise: readonly number[];
  readonly fall: readonly number[];
}

/**
 * truncation [] -> [1, rows], linear between neighbouring points of the grid, constant outside it. Row i is the hat function
 *
 *     relu(min((t - grid[i-1]) / (grid[i] - grid[i-1]), (grid[i+1] - t) / (grid[i+1] - grid[i])))
 *
 * of t clamped to the grid. Subtracting before scaling keeps it exact in float32: differences of neighbouring points have no
 * rounding, and the scales are taken from the grid as float32 holds it, so a point of the grid gives the weights 1 and 0.
 */
export function truncationHats(grid: readonly number[]): TruncationHats {
  const points = grid.map(Math.fround);
  const first = points.at(0) ?? 0;
  const last = points.at(-1) ?? 0;
  // Beyond either end a slope of 1 that starts 1 away: on the clamped t it is at least 1, so min() takes the other side.
  const below = points.map((_, i) => points[i - 1] ?? first - 1);
  const above = points.map((_, i) => points[i + 1] ?? last + 1);
  const rise = points.map((point, i) => 1 / (point - (below[i] ?? 0)));
  const fall = points.map((point, i) => 1 / ((above[i] ?? 0) - point));
  return { first, last, below, above, rise, fall };
}
