import type { Tensor } from "../core/tensor.js";
import { takeRows } from "../runtime/evaluate.js";
import type { QualityPictures } from "./plan-for.js";
import { pictureErrors } from "./quality.js";
import type { QualityCase } from "./quality-cases.js";

/**
 * The pictures that tell most of a part's cost: half of them those that the narrowest plan draws worst, for a few such decide over
 * the quality of all; the others as they come.
 */
export function tellingCases(
  { cases, wanted, found }: QualityPictures,
  count: number,
): { readonly cases: readonly QualityCase[]; readonly reference: Tensor } {
  const errors = pictureErrors(wanted, found);
  const worst = errors.map((_, row) => row).sort((a, b) => (errors[b] ?? 0) - (errors[a] ?? 0));
  const rows = [...new Set([...worst.slice(0, Math.ceil(count / 2)), ...errors.keys()])].slice(0, count);
  return { cases: rows.flatMap((row) => cases[row] ?? []), reference: takeRows(wanted, rows) };
}
