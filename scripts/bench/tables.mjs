// The tables of docs/performance.md, from the results of a run.
import { markdownTable, mebibytes, ratio, seconds } from "./numbers.mjs";
import { rowsOf } from "./statistics.mjs";

/** When, on what, with which versions. */
export function machineText({ date, machine, load, rounds, rivalRounds, versions }) {
  const { cpu, cores, memoryBytes, kernel, node } = machine;
  const times = (count) => (count === 1 ? "once" : `${count} times`);
  return [
    `Measured ${date} on ${cores} cores of ${cpu}, ${Math.round(memoryBytes / 2 ** 30)} GiB, ${kernel}, Node ${node}; load average before`,
    `the run ${load.toFixed(2)}. Ours and the floor ${times(rounds)}, rivals ${times(rivalRounds)}. Versions: ${Object.values(
      versions,
    )
      .map((list) => list.join(" "))
      .join("; ")}.`,
  ].join("\n");
}

/** A table for each module: every contender, median (least to largest). */
export function timeTables({ modules, measurements, contenders }) {
  const rows = rowsOf(measurements);
  return modules
    .map(({ name, parameters, folderBytes, archiveBytes, neededBytes }) => {
      const facts = `${(parameters / 1e6).toFixed(1)} M parameters; folder ${mebibytes(folderBytes)} MiB, .tar.gz ${mebibytes(archiveBytes)} MiB, bytes to read ${mebibytes(neededBytes)} MiB.`;
      const own = contenders
        .map((contender) => ({
          ...contender,
          row: rows.find((row) => row.module === name && row.contender === contender.id),
        }))
        .filter(({ row }) => row !== undefined);
      const table = markdownTable(
        ["what", "wall s", "CPU s", "peak MiB", "written MiB", "runs"],
        own.map(({ title, group, row }) => [group === "ours" ? `**${title}**` : title, ...timeCells(row)]),
      );
      return `### ${name}\n\n${facts}\n\n${table}${failures(own)}`;
    })
    .join("\n\n");
}

function timeCells({ runs, wall, cpu, peak, outputBytes }) {
  if (runs === 0) return ["failed", "", "", "", 0];
  const spread = runs === 1 ? "" : ` (${seconds(wall.least)}–${seconds(wall.largest)})`;
  const written = outputBytes === 0 ? "" : mebibytes(outputBytes);
  return [`${seconds(wall.median)}${spread}`, seconds(cpu.median), mebibytes(peak.median), written, runs];
}

function failures(rows) {
  return rows
    .filter(({ row }) => row.failure !== undefined)
    .map(({ title, row }) => `\n\n${title}: exit ${row.failure.exit}, \`${row.failure.error}\``)
    .join("");
}

/** What was asked for, in ratios of medians of the same run: a column for each module. */
export function goalTable({ modules, measurements }) {
  const rows = rowsOf(measurements);
  const of = (module, id, quantity) =>
    rows.find((row) => row.module === module && row.contender === id)?.[quantity].median;
  const sum = (module, ids, quantity) => ids.reduce((total, id) => total + (of(module, id, quantity) ?? Number.NaN), 0);
  const conversions = ["ours-folder", "ours-archive"];
  const peaks = (module) => conversions.flatMap((id) => of(module, id, "peak") ?? []);
  const over = (id, quantity, ids) => (module) => ratio(of(module, id, quantity) / sum(module, ids, quantity));
  const reading = ["copy", "crc32c"];
  const inflating = ["gunzip", ...reading];
  const lines = [
    ["folder: wall ÷ (cp + CRC32C)", "≤ 2.5", over("ours-folder", "wall", reading)],
    [".tar.gz: wall ÷ gzip -dc > /dev/null", "≤ 1.3", over("ours-archive", "wall", ["gunzip"])],
    ["tensorflowjs_converter: wall ÷ ours", "≥ 20", over("tensorflowjs", "wall", ["ours-folder"])],
    ["peak MiB, the larger of folder and .tar.gz", "< 350", (module) => dash(Math.max(...peaks(module)), mebibytes)],
    ["check, s", "< 1", (module) => dash(of(module, "ours-check", "wall"), seconds)],
    ["folder: CPU ÷ (cp + CRC32C + sha256)", "≤ 2", over("ours-folder", "cpu", [...reading, "sha256"])],
    ["the same without sha256", "", over("ours-folder", "cpu", reading)],
    [".tar.gz: CPU ÷ (gzip -dc + cp + CRC32C + sha256)", "≤ 2", over("ours-archive", "cpu", [...inflating, "sha256"])],
    ["the same without sha256", "", over("ours-archive", "cpu", inflating)],
  ];
  const names = modules.map(({ name }) => name);
  const table = markdownTable(
    ["", "goal", ...names],
    lines.map(([title, goal, cell]) => [title, goal, ...names.map(cell)]),
  );
  const spread = conversions.map((id) => {
    const values = names.flatMap((name) => of(name, id, "peak") ?? []);
    return dash(Math.max(...values) / Math.min(...values) - 1, (part) => `${Math.round(100 * part)} %`);
  });
  const spreadText = `Between the sizes, peak memory differs by ${spread[0]} from folders and by ${spread[1]} from archives (goal: 10 %).`;
  return names.length > 1 ? `${table}\n\n${spreadText}` : table;
}

function dash(value, format) {
  return Number.isFinite(value) ? format(value) : "–";
}

/** The largest difference of a picture from TensorFlow's, by truncation. */
export function answerTable({ answers, contenders }) {
  const titleOf = (contender) => contenders.find(({ id }) => id === contender).title;
  const { truncations } = answers;
  const rows = answers.rows.map(({ module, contender, differences }) => {
    const cells = differences?.map((value) => value.toExponential(1)) ?? truncations.map(() => "fails");
    return [module, titleOf(contender), ...cells];
  });
  const remarks = answers.rows.flatMap(({ module, contender, exit, error, remark }) => {
    const text = error === undefined ? remark : `exit ${exit}, \`${error}\``;
    return text === undefined ? [] : [`\n\n${titleOf(contender)} of ${module}: ${text}`];
  });
  const table = markdownTable(["module", "converted by", ...truncations.map(String)], rows, ["converted by"]);
  return table + remarks.join("");
}
