/** A place in a table of statistics: `(1 - fraction) * table[row] + fraction * table[row + 1]`, fraction in [0, 1). */
export interface InterpolationRow {
  readonly row: number;
  readonly fraction: number;
}

/**
 * Where truncation `t` falls in a table whose rows belong to the ascending truncations in `grid`. Below the first point and
 * above the last it is that point's row.
 *
 * A `t` that is the same float32 as a point of the grid is that point (fraction 0). Truncation is a float32 input of the
 * original modules and of every export, so a user's 0.14, an npz file's float32(0.14) and 0.02 * 7 all mean row 0.14,
 * although in float64 they differ by up to 3e-8, which would give a neighbour a weight of 1e-6.
 */
export function interpolationRow(t: number, grid: readonly number[]): InterpolationRow {
  const last = grid.length - 1;
  if (last < 0 || Number.isNaN(t)) throw new RangeError(`truncation rows: ${t} on a grid of ${grid.length} points`);

  const same = grid.findIndex((point) => Math.fround(point) === Math.fround(t));
  if (same >= 0) return { row: same, fraction: 0 };

  const row = grid.findLastIndex((point) => point <= t);
  const below = grid[row];
  const above = grid[row + 1];
  if (below === undefined) return { row: 0, fraction: 0 };
  if (above === undefined) return { row: last, fraction: 0 };
  return { row, fraction: (t - below) / (above - below) };
}

/** How much each row counts, [grid.length]: at most two neighbouring weights are not 0, and they sum to 1. */
export function truncationRows(t: number, grid: readonly number[]): Float64Array<ArrayBuffer> {
  const { row, fraction } = interpolationRow(t, grid);
  const weights = new Float64Array(grid.length);
  weights[row] = 1 - fraction;
  if (fraction > 0) weights[row + 1] = fraction;
  return weights;
}
