import type { Tensor64 } from "../../../runtime/reference/tensor64.js";
import { interpolationRow } from "../../../runtime/truncation-rows.js";
import { eachAndAll, type HypothesisFamily, operandAt, type Plant } from "../hypothesis.js";
import { inputNode, isOp, nodesOf } from "../layer-part.js";

/** How much each row counts, as [row, weight]. */
type Rows = readonly (readonly [row: number, weight: number])[];

interface Choice {
  readonly kind: string;
  readonly change: string;
  readonly rows: (truncation: number, grid: readonly number[]) => Rows;
}

/** The standard rows, moved. */
const moved =
  (by: number): Choice["rows"] =>
  (truncation, grid) => {
    const { row, fraction } = interpolationRow(truncation, grid);
    return [
      [row + by, 1 - fraction],
      [row + by + 1, fraction],
    ];
  };

/**
 * HuggingFace's port: the fractional part of truncation / step is the weight of the lower row, so the weights are swapped off
 * the grid. On five points of the grid (0.14, 0.28, 0.56; 0.58, 0.94) the quotient is not a whole number in float64, and the
 * same slip gives them a neighbour's row.
 */
const swappedWeights: Choice["rows"] = (truncation, grid) => {
  const { row, fraction } = interpolationRow(truncation, grid);
  if (fraction > 0) return swapped(row, fraction);
  const [first = 0, second = 1] = grid.map(asDecimal);
  const position = (asDecimal(grid[row] ?? truncation) - first) / (second - first);
  const below = Math.floor(position);
  return position === below ? [[below, 1]] : swapped(below, position - below);
};

function swapped(row: number, fraction: number): Rows {
  return [
    [row, fraction],
    [row + 1, 1 - fraction],
  ];
}

/** The number that a float32 of the graph stands for: 0.14, not 0.14000000059604645. */
function asDecimal(value: number): number {
  return Number(value.toFixed(6));
}

const CHOICES: readonly Choice[] = [
  { kind: "row-above", change: "uses the statistics of the row above (a higher truncation)", rows: moved(1) },
  { kind: "row-below", change: "uses the statistics of the row below (a lower truncation)", rows: moved(-1) },
  {
    kind: "statistics-of-truncation-1",
    change: "uses the statistics of truncation 1, whatever the truncation is",
    rows: (_, grid) => [[grid.length - 1, 1]],
  },
  { kind: "first-row", change: "uses the first row of statistics, whatever the truncation is", rows: () => [[0, 1]] },
  {
    kind: "nearest-row",
    change: "uses the nearest row of statistics instead of interpolating",
    rows: (truncation, grid) => {
      const { row, fraction } = interpolationRow(truncation, grid);
      return [[fraction < 0.5 ? row : row + 1, 1]];
    },
  },
  {
    kind: "no-interpolation",
    change: "uses the row below the truncation instead of interpolating",
    rows: (truncation, grid) => [[interpolationRow(truncation, grid).row, 1]],
  },
  {
    kind: "weights-swapped",
    change: "has the weights of the two rows swapped (or a row off where a float quotient is not whole)",
    rows: swappedWeights,
  },
];

/** Which rows of the standing statistics are used. */
export const statisticRows: HypothesisFamily = (suspect) => {
  const norms = nodesOf(suspect, "batchNorm");
  return CHOICES.flatMap(({ kind, change, rows }) => {
    const plants = norms.flatMap((norm): Plant[] => {
      const moments = [inputNode(suspect, norm, 1), inputNode(suspect, norm, 2)];
      const rules = moments.flatMap((node): Plant["rules"] => {
        const weights = inputNode(suspect, node, 0);
        if (!isOp(node, "matmul") || !isOp(weights, "truncationWeights")) return [];
        const { grid } = weights.operation;
        const other = weightsOf(rows(suspect.truncation, grid), grid.length);
        return [[node, (operands, standard) => standard([other, operandAt(operands, 1)])]];
      });
      return rules.length === 0 ? [] : [{ place: norm.name, rules }];
    });
    return eachAndAll(kind, change, plants);
  });
};

/** [1, rows]; a row outside the table is the first or the last one. */
function weightsOf(rows: Rows, count: number): Tensor64 {
  const data = new Float64Array(count);
  for (const [row, weight] of rows) {
    const at = Math.min(Math.max(row, 0), count - 1);
    data[at] = (data[at] ?? 0) + weight;
  }
  return { shape: [1, count], data };
}
