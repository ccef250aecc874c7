import { elementCount, isFloat } from "../../core/tensor.js";
import type { TensorInfo } from "../../core/tensor-source.js";

/** A batch norm, as the checkpoint names it. */
export interface StatisticScope {
  readonly scope: string;
  readonly channels: number;
}

/** Block number, then number within the block; what is outside the blocks comes last. `GBlock` and `CrossReplicaBN` without a number are number 0. */
function rank(scope: string): readonly [block: number, within: number] {
  const block = /(?:^|\/)GBlock(?:_(\d+))?\//.exec(scope);
  const within = Number(/_(\d+)$/.exec(scope)?.[1] ?? 0);
  return [block === null ? Number.POSITIVE_INFINITY : Number(block[1] ?? 0), within];
}

/** The order in which the generator goes through its batch norms, by their names. */
export function inNetworkOrder(scopes: readonly StatisticScope[]): readonly StatisticScope[] {
  const ranked = scopes.map((scope) => ({ scope, rank: rank(scope.scope) }));
  return ranked
    .sort((a, b) => (a.rank[0] === b.rank[0] ? a.rank[1] - b.rank[1] : a.rank[0] - b.rank[0]))
    .map(({ scope }) => scope);
}

/** The statistics of one truncation that a checkpoint keeps of a batch norm. */
export interface AccumulatedStatistics {
  readonly mean: TensorInfo;
  readonly variance: TensorInfo;
}

/** Both of a scope's accumulated statistics; undefined when one is missing, or they are no numbers of one size. Keys are plain names. */
export function accumulatedStatistics(
  variables: ReadonlyMap<string, TensorInfo>,
  scope: string,
): AccumulatedStatistics | undefined {
  const mean = variables.get(`${scope}/accumulated_mean`);
  const variance = variables.get(`${scope}/accumulated_var`);
  if (mean === undefined || variance === undefined || !isFloat(mean.dtype) || !isFloat(variance.dtype))
    return undefined;
  return elementCount(mean.shape) === elementCount(variance.shape) ? { mean, variance } : undefined;
}

const ACCUMULATED = /^(.*)\/accumulated_mean$/;

/** What scales a batch norm, and the norm's own scope: known also where the checkpoint keeps no statistics. */
const SCALED_BY: readonly (readonly [scale: RegExp, scope: string])[] = [
  [/^(.*)\/HyperBN(_\d+)?\/gamma\/w$/, "$1/CrossReplicaBN$2"],
  [/^(.*\/ScaledCrossReplicaBN)\/gamma$/, "$1bn"],
  [/^(.*\/BatchNorm(?:_\d+)?)\/scale(?:\/w)?$/, "$1"],
];

/** The checkpoint's batch norms: those that it has statistics of, and those that it scales. Keys are plain names. */
export function statisticScopes(variables: ReadonlyMap<string, TensorInfo>): readonly StatisticScope[] {
  const channels = new Map<string, number>();
  for (const [name, { shape }] of variables) {
    const weight = name.replace(/\/ema_[^/]+$/, "");
    const scaled = SCALED_BY.find(([scale]) => scale.test(weight));
    if (scaled !== undefined) channels.set(weight.replace(...scaled), shape.at(-1) ?? 1);
  }
  for (const name of variables.keys()) {
    const scope = ACCUMULATED.exec(name)?.[1];
    const statistics = scope === undefined ? undefined : accumulatedStatistics(variables, scope);
    if (scope !== undefined && statistics) channels.set(scope, elementCount(statistics.mean.shape));
  }
  return [...channels].map(([scope, count]) => ({ scope, channels: count }));
}
