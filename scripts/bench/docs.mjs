// docs/performance.md and its charts, from the results of a run; the prose around the markers is written by hand.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { barChart, lineChart } from "./chart.mjs";
import { mebibytes, seconds } from "./numbers.mjs";
import { profileTable } from "./profile.mjs";
import { rowsOf } from "./statistics.mjs";
import { answerTable, goalTable, machineText, timeTables } from "./tables.mjs";

/** Lines of the memory chart: the others hold next to nothing, or are the same program. */
const IN_MEMORY_CHART = ["ours-folder", "ours-archive", "copy-crc32c"];

export function writeDocs(root, results) {
  const charts = join(root, "docs/performance");
  mkdirSync(charts, { recursive: true });
  const largest = results.modules.at(-1).name;
  writeFileSync(join(charts, "time.svg"), timeChart(results, largest));
  writeFileSync(join(charts, "memory.svg"), memoryChart(results));
  const file = join(root, "docs/performance.md");
  const sections = {
    machine: machineText(results),
    goals: goalTable(results),
    tables: timeTables(results),
    // These are asked for: what an earlier run found stays.
    ...(results.answers && { answers: answerTable(results) }),
    ...(results.profile && { profile: profileText(results.profile) }),
  };
  const text = Object.entries(sections).reduce(replaceSection, readFileSync(file, "utf8"));
  writeFileSync(file, text);
}

/** Puts text between `<!-- bench NAME -->` and the next `<!-- end -->`. Throws an Error where a marker is missing. */
export function replaceSection(document, [name, text]) {
  const open = `<!-- bench ${name} -->`;
  const start = document.indexOf(open);
  const end = document.indexOf("<!-- end -->", start);
  if (start < 0 || end < 0) throw new Error(`docs/performance.md: no ${open} … <!-- end -->`);
  return `${document.slice(0, start)}${open}\n${text}\n${document.slice(end)}`;
}

function timeChart({ contenders, measurements }, module) {
  const rows = rowsOf(measurements).filter((row) => row.module === module && row.runs > 0);
  const bars = contenders.flatMap(({ id, title, group }) => {
    const row = rows.find(({ contender }) => contender === id);
    return row === undefined ? [] : [{ label: title, group, value: row.wall.median, text: seconds(row.wall.median) }];
  });
  return barChart(
    `${module}: wall seconds, logarithmic`,
    bars.toSorted((a, b) => a.value - b.value),
  );
}

function memoryChart({ contenders, modules, measurements }) {
  const rows = rowsOf(measurements);
  const ordered = modules.toSorted((a, b) => a.folderBytes - b.folderBytes);
  const series = contenders
    .filter(({ id, group }) => group === "rivals" || IN_MEMORY_CHART.includes(id))
    .map(({ id, title, group }) => ({
      label: title,
      group,
      values: ordered.map(
        ({ name }) => (rows.find((row) => row.module === name && row.contender === id)?.peak.median ?? 0) / 2 ** 20,
      ),
    }));
  const places = ordered.map(({ name, folderBytes }) => `${name} (${mebibytes(folderBytes)} MiB)`);
  return lineChart("Peak memory of all processes together, MiB, logarithmic", places, series);
}

function profileText({ module, threads }) {
  return `${module}, from .tar.gz, to tfjs, float32.\n\n${profileTable(threads)}`;
}
