// The tables of docs/web.md, from the results of a run.
import { markdownTable, mebibytes, seconds } from "../bench/numbers.mjs";
import { gzipBytesOf } from "./javascript.mjs";
import { rowSummary } from "./summary.mjs";

/** When, on what, with which versions. */
export function machineText({ date, machine, load, browser, rounds, fullRounds, versions }) {
  const { cpu, cores, memoryBytes, kernel } = machine;
  const gpu = browser.hasGpu ? `GPU ${browser.adapter}` : `no GPU: WebGPU and WebGL run on ${browser.adapter}`;
  return [
    `Measured ${date} on ${cores} cores of ${cpu}, ${Math.round(memoryBytes / 2 ** 30)} GiB, ${kernel}, Chromium ${browser.version}, headless; ${gpu}.`,
    `Load average before the run ${load.toFixed(2)}. Medians of ${rounds} first and second visits, of ${fullRounds} for full sizes, in turns.`,
    `Versions: ${versions.join(" ")}.`,
  ].join("\n");
}

/** What was asked for: JavaScript, the first picture of a fixture, the longest task. */
export function goalTable(results) {
  const minis = results.models.filter(({ isMini }) => isMini);
  const rows = [
    ...["page", "library"].map((row) => [
      `JavaScript before the first picture, ${WHO[row]}, gzip`,
      "≤ 60 kB",
      ...minis.map(({ name }) => kilobytes(ownScripts(results, name, row))),
    ]),
    ...["page", "library"].flatMap((row) =>
      ["first", "second"].map((kind) => [
        `first picture, ${WHO[row]}, ${kind} visit`,
        "< 2 s",
        ...minis.map(({ name }) => withLeast(rowSummary(results, name, row)?.firstPicture[kind])),
      ]),
    ),
    ...["page", "library"].map((row) => [
      `longest task of the main thread, ${WHO[row]}`,
      "≤ 50 ms",
      ...minis.map(({ name }) => task(rowSummary(results, name, row)?.task)),
    ]),
  ];
  return markdownTable(["", "goal", ...minis.map(({ name }) => name)], rows);
}

const WHO = { page: "demo page", library: "library" };

function ownScripts({ programs }, model, row) {
  const found = programs.find((one) => one.model === model && one.row === row);
  return found === undefined ? undefined : gzipBytesOf(found.programs, false);
}

/** What the demo page and the library ship before the first picture, file by file, and the libraries in one line. */
export function programTable({ programs, models }) {
  const [mini] = models;
  const of = (row) => programs.find((one) => one.model === mini?.name && one.row === row)?.programs ?? [];
  const [page, library] = [of("page"), of("library")];
  const sizes = (path) => [page, library].map((list) => list.find((one) => one.path === path)?.gzipBytes);
  const own = new Set([...page, ...library].filter(({ isLibrary }) => !isLibrary).map(({ path }) => path));
  const ordered = [...own].toSorted((a, b) => Math.max(...known(sizes(b))) - Math.max(...known(sizes(a))));
  return markdownTable(
    ["gzip, bytes", "demo page", "library"],
    [
      ...ordered.map((path) => [`\`${path}\``, ...sizes(path).map((size) => size ?? "")]),
      ["**together**", ...[page, library].map((list) => gzipBytesOf(list, false))],
      ["back-end's library, JavaScript and WebAssembly", ...[page, library].map((list) => gzipBytesOf(list, true))],
    ],
  );
}

function known(values) {
  return values.map((value) => value ?? 0);
}

/** A table for each model: every row, seconds, memory, self-test. */
export function modelTables(results) {
  return results.models
    .map((model) => `### ${model.name}\n\n${facts(model)}\n\n${modelTable(results, model)}`)
    .join("\n\n");
}

function facts({ tfjsBytes, onnxBytes, goldens }) {
  const formats = [`tfjs ${megabytes(tfjsBytes)}`, `ONNX ${megabytes(onnxBytes)}`];
  const test = goldens === 0 ? "no test pictures" : `${goldens} test pictures`;
  return `Download: ${formats.join(", ")}; ${test}.`;
}

function modelTable(results, { name }) {
  const measured = results.rows.map((row) => ({ ...row, found: rowSummary(results, name, row.id) }));
  const table = markdownTable(
    [
      "",
      ...["first picture, first visit, s", "second visit, s", "load, first visit, s", "second visit, s"],
      ...["of that self-test, s", "ms a picture", "peak MiB, page and worker", "GPU process", "longest task, ms"],
      "self-test: worst of bound",
    ],
    measured
      .filter(({ found }) => found !== undefined)
      .map(({ title, found }) => [
        title + chosen(title, found.backend),
        inSeconds(found.firstPicture.first),
        inSeconds(found.firstPicture.second),
        inSeconds(found.load.first),
        inSeconds(found.load.second),
        inSeconds(found.selfTest),
        found.more === undefined ? "" : milliseconds(found.more.median),
        mebibytes(found.pageBytes),
        mebibytes(found.gpuBytes),
        task(found.task),
        selfTest(found.backend),
      ]),
  );
  const failed = results.failures
    .filter(({ model }) => model === name)
    .map(({ row, error }) => `\n\nNot run: ${results.rows.find(({ id }) => id === row)?.title}: \`${error}\``);
  return table + failed.join("");
}

/** What a row took that could choose. */
function chosen(title, found) {
  return found !== undefined && title.endsWith("its own choice") ? ` (${found.backend})` : "";
}

function selfTest(backend) {
  if (backend === undefined || backend.selfTest.cases === 0) return "";
  const { worst, bound } = backend.selfTest;
  return `${worst.toExponential(1)} of ${bound.toExponential(1)}`;
}

function inSeconds(found) {
  return found === undefined ? "" : seconds(found.median / 1000);
}

/** The median, and the least: on a machine with other work to do, the least is the nearer. */
function withLeast(found) {
  return found === undefined ? "" : `${inSeconds(found)} s (least ${seconds(found.least / 1000)} s)`;
}

/** By the clock, and in brackets of the processor. */
function task(found) {
  return found === undefined ? "" : `${found.milliseconds.toFixed(0)} (${found.cpuMilliseconds.toFixed(0)})`;
}

/** Tenths below a hundred, none above. */
function milliseconds(value) {
  return value < 100 ? value.toFixed(1) : value.toFixed(0);
}

function kilobytes(bytes) {
  return bytes === undefined ? "" : `${(bytes / 1000).toFixed(1)} kB`;
}

function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
