import type { ReadOptions, TensorInfo, TensorSource } from "../../core/tensor-source.js";
import type { GraphFacts } from "./graph-facts.js";
import type { StatisticScope } from "./scopes.js";
import { type DerivedTensor, readCounter } from "./standing-statistics.js";

/** What {@link lostStatistics} looks at. */
export interface StatisticsFound {
  /** For messages. */
  readonly graphFile: string;
  /** Undefined when there is no graph. */
  readonly facts: GraphFacts | undefined;
  readonly scopes: readonly StatisticScope[];
  readonly derived: readonly DerivedTensor[];
  readonly bundle: TensorSource;
  /** By plain names. */
  readonly variables: ReadonlyMap<string, TensorInfo>;
}

/** Batch norms without tables, and what is used instead: one warning a kind. */
export async function lostStatistics(found: StatisticsFound, options: ReadOptions): Promise<readonly string[]> {
  const { graphFile, facts, scopes, derived } = found;
  const why = facts === undefined ? "is missing" : "has no statistics for each truncation for them";
  const of = (count: number) => `${graphFile}: ${count} of ${scopes.length} batch norms: the file ${why}`;
  const single = derived.filter(({ info }) => info.shape[0] === 1).length / 2;
  const none = scopes.length - derived.length / 2;
  const instead = "accumulated_mean and accumulated_var are used, which hold the statistics of truncation 1 only";
  return [
    ...(single > 0 ? [`${of(single)}: ${instead}`] : []),
    ...(none > 0 ? [`${of(none)}, and the checkpoint has no accumulated_mean and accumulated_var either`] : []),
    ...(single > 0 && facts === undefined ? await undivided(found, options) : []),
  ];
}

/** Only the graph can tell sums from averages. The released modules keep averages, whatever their counter says. */
async function undivided(
  { scopes, bundle, variables }: StatisticsFound,
  options: ReadOptions,
): Promise<readonly string[]> {
  const counts = new Set<number>();
  for (const { scope } of scopes) {
    const counter = variables.get(`${scope}/accumulation_counter`);
    if (counter !== undefined) counts.add(await readCounter(bundle, counter, options));
  }
  const many = [...counts].filter((count) => count > 1);
  if (many.length === 0) return [];
  return [
    `${bundle.file}: accumulation_counter is ${many.join(", ")}: accumulated_mean and accumulated_var are taken as averages, not as sums of so many batches`,
  ];
}
