/** How fast something comes in, over the last seconds. */
export interface Rate {
  /** Bytes a second, once there are two measurements some time apart. */
  readonly perSecond: number | undefined;
  /** Seconds until all is there. */
  readonly left: number | undefined;
}

/** Rates jump when they are taken over a moment, and lag when over minutes. */
const WINDOW_MS = 4000;
const MIN_MS = 250;

/** Measures a download. Bytes that were there already do not count as speed. */
export function createRateMeter(): (bytes: number, total: number, fromCache: number, now: number) => Rate {
  let marks: { at: number; bytes: number }[] = [];
  return (bytes, total, fromCache, now) => {
    const came = bytes - fromCache;
    marks = [...marks.filter(({ at }) => now - at <= WINDOW_MS), { at: now, bytes: came }];
    const [first] = marks;
    if (first === undefined || now - first.at < MIN_MS) return { perSecond: undefined, left: undefined };
    const perSecond = ((came - first.bytes) * 1000) / (now - first.at);
    return { perSecond, left: perSecond > 0 ? (total - bytes) / perSecond : undefined };
  };
}
