import type { Model } from "../mapping/model.js";

type Config = Model["config"];

/** The truncations whose statistics two models both have, and the rows in which each has them. */
export interface CommonTruncations {
  readonly compared: readonly number[];
  readonly rowsA: readonly number[];
  readonly rowsB: readonly number[];
}

/** Points are the same when they are in float32, as the graph's input is. */
export function commonTruncations(a: Config, b: Config): CommonTruncations {
  const inB = new Map(gridOf(b).map((point, row) => [Math.fround(point), row]));
  const pairs = gridOf(a).flatMap((point, rowA) => {
    const rowB = inB.get(Math.fround(point));
    return rowB === undefined ? [] : [{ point, rowA, rowB }];
  });
  return {
    compared: pairs.map(({ point }) => point),
    rowsA: pairs.map(({ rowA }) => rowA),
    rowsB: pairs.map(({ rowB }) => rowB),
  };
}

/** The truncation of each row of a generator's statistics; a discriminator has none. */
export function gridOf(config: Config): readonly number[] {
  return "truncationGrid" in config ? config.truncationGrid : [];
}
