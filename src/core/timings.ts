/** What one stage of the work has cost so far. Stages overlap: reading, hashing and writing run beside the arithmetic. */
export interface StageCost {
  /** Milliseconds from the beginning to the end of each piece of it, added up. */
  milliseconds: number;
  bytes: number;
}

const costs = new Map<string, StageCost>();

/** Adds to a stage's account. Accounts are the process's: a command that shows them does one thing. */
export function account(stage: string, milliseconds: number, bytes = 0): void {
  const cost = costs.get(stage);
  if (cost === undefined) costs.set(stage, { milliseconds, bytes });
  else {
    cost.milliseconds += milliseconds;
    cost.bytes += bytes;
  }
}

/** Does a piece of a stage's work, on its account. */
export function timed<T>(stage: string, bytes: number, work: () => T): T {
  const start = performance.now();
  const result = work();
  account(stage, performance.now() - start, bytes);
  return result;
}

/** As {@link timed}, until the promise is settled. */
export async function timedAsync<T>(stage: string, bytes: number, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  try {
    return await work();
  } finally {
    account(stage, performance.now() - start, bytes);
  }
}

/** The accounts, in the order in which the stages began. */
export function stageCosts(): ReadonlyMap<string, Readonly<StageCost>> {
  return costs;
}
