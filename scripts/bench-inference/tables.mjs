// The tables of docs/performance.md on inference, from the results of a run.
import { markdownTable, mebibytes, ratio } from "../bench/numbers.mjs";
import { summary } from "../bench/statistics.mjs";

/** One row for each contender on each module at each batch: milliseconds for a picture over the turns, peak bytes, and its pictures. */
export function rowsOf({ turns, checks }) {
  return checks.flatMap(({ module, contender, batch, ...check }) => {
    const own = turns.filter((turn) => turn.module === module && turn.contender === contender && turn.batch === batch);
    if (own.length === 0) return [];
    return [{ module, contender, batch, ...check, time: summary(own.map(({ milliseconds }) => milliseconds)) }];
  });
}

export function batchesOf({ checks }) {
  return [...new Set(checks.map(({ batch }) => batch))].toSorted((a, b) => a - b);
}

/** When, on what, with which versions. */
export function machineText({ date, machine, load, rounds, turnSeconds, threads, versions }) {
  const { cpu, cores, memoryBytes, kernel, node, adapter } = machine;
  const gpu = adapter === undefined ? "" : `, WebGPU on ${adapter}`;
  const list = Object.values(versions).map((names) => names.join(" "));
  return [
    `Measured ${date} on ${cores} cores of ${cpu}, ${Math.round(memoryBytes / 2 ** 30)} GiB, ${kernel}, Node ${node}${gpu}; load average before`,
    `the run ${load.toFixed(2)}. ${threads} threads for all but tfjs-wasm, which has one in Node; ${rounds} turns of ${turnSeconds} s each.`,
    `Versions: ${list.join("; ")}.`,
  ].join("\n");
}

/** A table for each module: every contender, median (least to largest) of the turns, peak memory, and the pictures. */
export function timeTables(results, chartOf) {
  const rows = rowsOf(results);
  const batches = batchesOf(results);
  return results.modules
    .map(({ name, parameters }) => {
      const at = (id, batch) => rows.find((row) => row.module === name && row.contender === id && row.batch === batch);
      const measured = results.contenders.filter(({ id }) => batches.some((batch) => at(id, batch) !== undefined));
      const table = markdownTable(
        [
          "",
          ...batches.map((batch) => `ms a picture, batch ${batch}`),
          ...batches.map((batch) => `peak MiB, batch ${batch}`),
          "PSNR dB",
          "largest difference",
        ],
        measured.map(({ id, title, group }) => {
          const own = batches.map((batch) => at(id, batch));
          const known = own.filter((row) => row !== undefined);
          return [
            group === "ours" ? `**${title}**` : title,
            ...own.map((row) => (row === undefined ? "–" : timeCell(row.time))),
            ...own.map((row) => (row === undefined ? "–" : mebibytes(row.peakBytes))),
            Math.min(...known.map(({ decibels }) => decibels)).toFixed(1),
            Math.max(...known.map(({ largest }) => largest)).toExponential(1),
          ];
        }),
      );
      const facts = `${(parameters / 1e6).toFixed(1)} M parameters.`;
      return `### ${name}\n\n${facts}\n\n${table}\n\n${chartOf(name)}${failures(results, name)}`;
    })
    .join("\n\n");
}

function timeCell({ median, least, largest }) {
  return `${milliseconds(median)} (${milliseconds(least)}–${milliseconds(largest)})`;
}

/** Tenths below a hundred, none above. */
export function milliseconds(value) {
  return value < 100 ? value.toFixed(1) : value.toFixed(0);
}

function failures({ failures: all, contenders }, module) {
  return all
    .filter((failure) => failure.module === module)
    .map(({ contender, error }) => {
      const { title } = contenders.find(({ id }) => id === contender);
      return `\n\nNot run: ${title}: \`${error}\``;
    })
    .join("");
}

/** Rows of the table of goals: whose time is divided by whose, and what is asked of it. Of several the fastest counts. */
const GOALS = [
  ["torch.onnx export ÷ ours, onnxruntime", "≥ 1.3", ["torch-onnx", "torch-onnx-script"], ["onnx"]],
  ["the same, ours with the truncation baked in", "", ["torch-onnx", "torch-onnx-script"], ["onnx-baked"]],
  ["torch.onnx export ÷ ours in int8", "≥ 1.8", ["torch-onnx", "torch-onnx-script"], ["onnx-int8"]],
  ["PyTorch ÷ ours, onnxruntime", "", ["pytorch"], ["onnx"]],
  ["not rewritten ÷ ours, onnxruntime", "", ["onnx-plain"], ["onnx"]],
  ["float32 ÷ int8, ours, onnxruntime", "", ["onnx"], ["onnx-int8"]],
  ["not rewritten ÷ ours, tfjs-wasm", "≥ 1.8", ["tfjs-wasm-tfjs-plain"], ["tfjs-wasm-tfjs"]],
  ["not rewritten ÷ ours, tfjs-webgpu", "≥ 1.8", ["tfjs-webgpu-tfjs-plain"], ["tfjs-webgpu-tfjs"]],
  ["not rewritten ÷ ours, tfjs-node", "", ["tfjs-node-tfjs-plain"], ["tfjs-node-tfjs"]],
];

/** What was asked for, in ratios of medians of the same run: a column for each module and batch. */
export function goalTable(results) {
  const rows = rowsOf(results);
  const columns = results.modules.flatMap(({ name }) => batchesOf(results).map((batch) => ({ name, batch })));
  const fastest = (ids, { name, batch }) => {
    const own = rows.filter((row) => row.module === name && row.batch === batch && ids.includes(row.contender));
    return own.length === 0 ? Number.NaN : Math.min(...own.map(({ time }) => time.median));
  };
  return markdownTable(
    ["", "goal", ...columns.map(({ name, batch }) => `${name}, batch ${batch}`)],
    GOALS.map(([title, goal, theirs, ours]) => [
      title,
      goal,
      ...columns.map((column) => ratio(fastest(theirs, column) / fastest(ours, column))),
    ]),
  );
}
