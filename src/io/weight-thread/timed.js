/** Does work, and puts its milliseconds on an account. */
export function timed(costs, stage, work) {
  const before = performance.now();
  const result = work();
  costs[stage] += performance.now() - before;
  return result;
}
