import type { Outcome, ParameterComparison } from "./compare-parameter.js";
import type { Diff } from "./diff-models.js";

const EXPLANATIONS = {
  rounding: "equal but for rounding to float32 before a rewrite",
  float16: "equal once stored as float16",
  int8: "equal once stored as int8",
  norm: "equal before the spectral norm, which divides them by other numbers",
  different: "different",
  shape: "of other shapes",
  "only in A": "in A alone",
  "only in B": "in B alone",
} as const satisfies Record<Exclude<Outcome, "equal">, string>;

/** The verdict in one line: `identical: all 76 parameters have the same numbers`. */
export function summaryOf({ verdict, parameters, configuration, epsilon }: Diff): string {
  const counts = countOutcomes(parameters);
  const equal = counts.get("equal") ?? 0;
  if (verdict === "identical") return `identical: all ${parameters.length} parameters have the same numbers`;
  const parts = [`${equal} of ${parameters.length} parameters equal`];
  for (const [outcome, words] of Object.entries(EXPLANATIONS)) {
    const count = counts.get(outcome);
    if (count === undefined) continue;
    const weights = parameters.some((each) => each.outcome === outcome && each.kind === "weight");
    parts.push(`${count} ${words}${weights ? "" : ", all of them statistics"}`);
  }
  if (configuration.length > 0) parts.push(`other ${configuration.map(({ field }) => field).join(", ")}`);
  if (epsilon !== undefined) parts.push(`batch norms add ${epsilon[0]} in A and ${epsilon[1]} in B`);
  const onlyNorms = equal + (counts.get("norm") ?? 0) === parameters.length;
  const same = onlyNorms ? "identical weights" : "the same weights";
  return `${verdict === "same weights" ? same : "different"}: ${parts.join("; ")}`;
}

/** How many parameters came out how. */
export function countOutcomes(parameters: readonly ParameterComparison[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { outcome } of parameters) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return counts;
}
