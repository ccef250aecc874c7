/** A batch norm that a checkpoint has statistics of. */
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
