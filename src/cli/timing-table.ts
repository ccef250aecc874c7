import { stageCosts } from "../core/timings.js";
import { formatBytes } from "./progress.js";
import { formatTable } from "./table.js";

/** What each stage has cost so far, one line a stage, and the whole since the process began. */
export function timingTable(): string[] {
  const rows = Array.from(stageCosts(), ([stage, { milliseconds, bytes }]) => [
    stage,
    `${milliseconds.toFixed(0)} ms`,
    bytes === 0 ? "" : formatBytes(bytes),
    bytes === 0 ? "" : `${formatBytes((bytes / milliseconds) * 1000)}/s`,
  ]);
  const whole = ["whole, stages overlapping", `${performance.now().toFixed(0)} ms`, "", ""];
  return formatTable([["stage", "time", "bytes", "rate"], ...rows, whole]);
}
