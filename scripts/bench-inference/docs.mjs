// The part of docs/performance.md on inference and its charts, from the results of a run; the prose around the markers is written by hand.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { barChart } from "../bench/chart.mjs";
import { replaceSection } from "../bench/docs.mjs";
import { batchesOf, goalTable, machineText, milliseconds, rowsOf, timeTables } from "./tables.mjs";

/** The chart's own names of the groups. */
const COLOURS = { ours: "ours", plain: "floor", rivals: "rivals" };

export function writeDocs(root, results) {
  const charts = join(root, "docs/performance");
  mkdirSync(charts, { recursive: true });
  for (const { name } of results.modules)
    writeFileSync(join(charts, `inference-${name}.svg`), timeChart(results, name));
  const file = join(root, "docs/performance.md");
  const sections = {
    "inference machine": machineText(results),
    "inference goals": goalTable(results),
    "inference tables": timeTables(results, (name) => `![milliseconds a picture](performance/inference-${name}.svg)`),
  };
  writeFileSync(file, Object.entries(sections).reduce(replaceSection, readFileSync(file, "utf8")));
}

function timeChart(results, module) {
  const [batch] = batchesOf(results);
  const rows = rowsOf(results).filter((row) => row.module === module && row.batch === batch);
  const bars = results.contenders.flatMap(({ id, title, group }) => {
    const { median } = rows.find(({ contender }) => contender === id)?.time ?? {};
    return median === undefined
      ? []
      : [{ label: title, group: COLOURS[group], value: median, text: milliseconds(median) }];
  });
  return barChart(
    `${module}, batch ${batch}: milliseconds a picture, logarithmic`,
    bars.toSorted((a, b) => a.value - b.value),
  );
}
