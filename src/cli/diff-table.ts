import type { ParameterComparison } from "../compare/compare-parameter.js";
import { formatShape } from "../core/tensor.js";
import { formatNearOne, formatNumber } from "../parity/report/format.js";
import { formatTable } from "./table.js";

/** Of those that differ, when not all are asked for. */
const SHOWN = 20;

const HEADER = ["parameter", "shape", "comparison", "values off", "largest abs", "largest rel", "cosine"];

/** Parameters, the worst first, and an empty line; nothing when all are equal and not asked for. */
export function diffTable(parameters: readonly ParameterComparison[], all: boolean): string[] {
  const differing = parameters.filter(({ outcome }) => outcome !== "equal");
  const shown = all ? parameters : differing.slice(0, SHOWN);
  if (shown.length === 0) return [];
  const left = all ? 0 : differing.length - shown.length;
  const more = left === 0 ? [] : [`and ${left} more (--all lists them)`];
  return [...formatTable([HEADER, ...shown.map(rowOf)], [3, 4, 5]), ...more, ""];
}

function rowOf({ name, outcome, shapeA, shapeB, measures }: ParameterComparison): string[] {
  const shapes = [shapeA, shapeB].flatMap((shape) => (shape === undefined ? [] : formatShape(shape)));
  const row = [name, [...new Set(shapes)].join(" and "), outcome];
  if (measures === undefined) return row;
  const { differing, count, maxAbs, maxRelative, cosine } = measures;
  return [...row, `${differing} of ${count}`, formatNumber(maxAbs), formatNumber(maxRelative), formatNearOne(cosine)];
}
