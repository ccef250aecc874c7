import { summary } from "../bench/statistics.mjs";

/**
 * Of one row on one model: medians and spreads over its visits. `more` are the pictures after the first, of first and second visits alike; `task` is
 * the longest task of the page's main thread in the traced visit.
 */
export function rowSummary({ visits }, model, row) {
  const own = visits.filter((visit) => visit.model === model && visit.row === row);
  const of = (kind, field) => summaryOf(own.filter((visit) => visit.kind === kind).map((visit) => visit[field]));
  const timed = own.filter(({ kind }) => kind !== "traced");
  if (timed.length === 0) return undefined;
  const [{ backend, notices = [] }] = timed;
  return {
    backend,
    notices,
    firstPicture: { first: of("first", "firstPicture"), second: of("second", "firstPicture") },
    load: { first: of("first", "load"), second: of("second", "load") },
    selfTest: summaryOf(timed.map(selfTestTime)),
    more: summaryOf(timed.flatMap(({ pictures = [] }) => pictures)),
    pageBytes: Math.max(...timed.map(({ pageBytes }) => pageBytes)),
    gpuBytes: Math.max(...timed.map(({ gpuBytes }) => gpuBytes)),
    networkBytes: of("first", "networkBytes")?.median,
    secondNetworkBytes: of("second", "networkBytes")?.median,
    task: own.find(({ kind }) => kind === "traced")?.tasks,
  };
}

/** undefined of nothing; what was not measured is left out. */
function summaryOf(values) {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : summary(known);
}

/** From the first test picture to the end of the load: undefined where there was no test. */
function selfTestTime({ stages = [], load }) {
  const begin = stages.findLast(({ stage }) => stage === "self-test")?.from;
  return begin === undefined ? undefined : load - begin;
}
