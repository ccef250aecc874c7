/** What Chromium has to write down for {@link longestTask}. */
export const TASK_CATEGORIES = ["disabled-by-default-devtools.timeline"];

/**
 * The longest task of the main thread of the page at `address` (without a fragment), in milliseconds: by the clock, and of the processor (which does not count
 * what other programs took meanwhile). From the events of a Chromium trace. Throws an Error where the trace does not show the page.
 */
export function longestTask(events, address) {
  const isPage = ({ name, args }) => name === "FrameCommittedInBrowser" && withoutFragment(args.data.url) === address;
  const page = events.findLast(isPage);
  const pid = page?.args.data.processId;
  const isMain = (event) => event.name === "thread_name" && event.pid === pid && event.args.name === "CrRendererMain";
  const tid = events.find(isMain)?.tid;
  if (tid === undefined) throw new Error(`the trace does not show the main thread of ${address}`);
  const tasks = events.filter((event) => event.name === "RunTask" && event.pid === pid && event.tid === tid);
  const longest = (field) => Math.max(0, ...tasks.map((event) => event[field] ?? 0)) / 1000;
  return { milliseconds: longest("dur"), cpuMilliseconds: longest("tdur") };
}

function withoutFragment(url) {
  return url.split("#", 1)[0];
}
