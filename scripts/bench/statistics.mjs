/** Middle value; of an even count the mean of the two in the middle. NaN of none. */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
}

/** { median, least, largest } of some numbers. */
export function summary(values) {
  return { median: median(values), least: Math.min(...values), largest: Math.max(...values) };
}

/**
 * One row for each contender on each module, in the order of the measurements: how often it was measured, and the summaries of wall and
 * CPU seconds and of peak bytes over the runs that succeeded; the first failure, where there was one.
 */
export function rowsOf(measurements) {
  const groups = new Map();
  for (const one of measurements) {
    const key = `${one.module} ${one.contender}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map((group) => {
    const good = group.filter(({ exit, outputBytes, writes }) => exit === 0 && !(writes && outputBytes === 0));
    const bad = group.find((one) => !good.includes(one));
    const { module, contender } = group[0];
    return {
      module,
      contender,
      runs: good.length,
      wall: summary(good.map(({ wallSeconds }) => wallSeconds)),
      cpu: summary(good.map(({ userSeconds, systemSeconds }) => userSeconds + systemSeconds)),
      peak: summary(good.map(({ peakBytes }) => peakBytes)),
      outputBytes: good[0]?.outputBytes ?? 0,
      failure:
        bad === undefined ? undefined : { exit: bad.exit, error: bad.error ?? "it said success and wrote nothing" },
    };
  });
}
