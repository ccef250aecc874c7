import { median } from "../bench/statistics.mjs";

/** Runs for some seconds, once at least: how often, and the median milliseconds for one picture. */
export async function takeTurn(process, batch, turnSeconds) {
  const times = [];
  for (let spent = 0; spent < 1000 * turnSeconds; ) {
    const { milliseconds } = await process.ask({ batch });
    times.push(milliseconds / batch);
    spent += milliseconds;
  }
  return { runs: times.length, milliseconds: median(times) };
}
