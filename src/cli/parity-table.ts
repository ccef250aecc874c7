import picocolors from "picocolors";
import { answersOf } from "../parity/report/answers.js";
import { reportComparisons } from "../parity/report/comparisons.js";
import { visible } from "../parity/report/escape.js";
import { formatFactor, formatNumber, plural } from "../parity/report/format.js";
import { layerOrder } from "../parity/report/layer-table.js";
import type { ReportComparison, ReportFacts, ReportLayer } from "../parity/report/report-schema.js";
import type { ParityResult } from "../parity/run-parity.js";
import { wrapText } from "./wrap-text.js";

export interface ParityTableOptions {
  readonly colour: boolean;
  /** Longest line. */
  readonly columns?: number;
}

const COLUMNS = 100;

type Paint = (text: string) => string;

interface Palette {
  readonly good: Paint;
  readonly near: Paint;
  readonly bad: Paint;
  readonly dim: Paint;
  readonly strong: Paint;
}

/** Above this part of the budget a cell is yellow. */
const NEAR = 0.5;

/** Longest layer name shown: ours have at most nine characters, a reference's may be anything. */
const MAX_NAME = 16;

/** Whether stdout takes colours: a terminal, unless NO_COLOR (https://no-color.org) or a dumb one says otherwise. */
export function terminalColour(): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR !== undefined && NO_COLOR !== "") return false;
  return (FORCE_COLOR !== undefined && FORCE_COLOR !== "0") || (process.stdout.isTTY && TERM !== "dumb");
}

/**
 * The run on one screen: both questions answered, then a row a layer and a column a comparison. Each cell is the part of the
 * budget that is used, and the largest difference where there is room; `!` marks what rounding does not explain.
 */
export function parityTable(result: ParityResult, options: ParityTableOptions): string[] {
  const { colour, columns = COLUMNS } = options;
  const palette = paletteOf(colour);
  const comparisons = reportComparisons(result.comparisons, []);
  return [
    ...answerLines(comparisons, columns, palette),
    "",
    ...legendLines(comparisons, columns, palette),
    "",
    ...tableLines(comparisons, columns, palette),
    ...notRunLines(result.notRun, columns, palette),
  ];
}

function paletteOf(colour: boolean): Palette {
  const { green, yellow, red, bold, dim } = picocolors.createColors(colour);
  return { good: green, near: yellow, bad: (text) => bold(red(text)), dim, strong: bold };
}

function answerLines(comparisons: readonly ReportComparison[], columns: number, palette: Palette): string[] {
  const { port, runtime } = answersOf(comparisons);
  return [
    ...questionLines("Is the port right?", port, columns, palette),
    ...questionLines("Is the runtime right?", runtime, columns, palette),
  ];
}

/** The third question, which is answered when an export has been written. */
export function exportAnswerLines(answer: Answer, { colour, columns = COLUMNS }: ParityTableOptions): string[] {
  return questionLines("Is the export right?", answer, columns, paletteOf(colour));
}

type Answer = ReportFacts["questions"]["port"];

/** Answers stand below each other. */
const QUESTION_WIDTH = "Is the runtime right?".length;

function questionLines(question: string, { answer, sentence }: Answer, columns: number, palette: Palette): string[] {
  const paint = answer === "yes" ? palette.good : answer === "no" ? palette.bad : palette.dim;
  const word = answer === "not asked" ? "Not asked." : answer === "yes" ? "Yes." : "No.";
  const indent = QUESTION_WIDTH + 1;
  const [first = "", ...rest] = wrapText(visible(`${word} ${sentence}`), columns - indent);
  const begin = `${palette.strong(question.padEnd(QUESTION_WIDTH))} ${paint(word)}${first.slice(word.length)}`;
  return [begin, ...rest.map((line) => " ".repeat(indent) + line)];
}

/** `[1] tfjs-wasm  [2] tfjs-cpu`, one paragraph a reference. */
function legendLines(comparisons: readonly ReportComparison[], columns: number, { dim }: Palette): string[] {
  const references = [...new Set(comparisons.map(({ reference }) => reference))];
  return references.flatMap((reference) => {
    const mine = comparisons.flatMap((one, index) => (one.reference === reference ? [{ ...one, index }] : []));
    const names = mine.map(({ candidate, index }) => `[${index + 1}]\u00a0${candidate}`).join("  ");
    const cases = plural(Math.max(...mine.map((one) => one.cases)), "picture");
    return wrapText(visible(`against ${reference}, ${cases}: ${names}`), columns).map((line) =>
      dim(line.replace(/\u00a0/g, " ")),
    );
  });
}

function tableLines(comparisons: readonly ReportComparison[], columns: number, palette: Palette): string[] {
  const layers = layerOrder(comparisons).map(({ layer }) => layer);
  const names = layers
    .map(visible)
    .map((layer) => (layer.length > MAX_NAME ? `${layer.slice(0, MAX_NAME - 1)}…` : layer));
  const found = layers.map((layer) =>
    comparisons.map((one) => one.layers.find((candidate) => candidate.layer === layer)),
  );
  const label = Math.max("verdict".length, ...names.map((name) => name.length));
  const widthOf = (both: boolean) =>
    Math.max(4, ...found.flatMap((row) => row.map((cell) => cellText(cell, both).length))) + 2;
  const both = label + widthOf(true) * comparisons.length <= columns;
  const width = widthOf(both);
  const line = (name: string, cells: readonly string[], paints: readonly Paint[]) =>
    `${name.padEnd(label)}${cells.map((cell, index) => paints[index]?.(cell.padStart(width)) ?? cell.padStart(width)).join("")}`.trimEnd();
  const heading = comparisons.map((_, index) => `[${index + 1}]`);
  return [
    palette.dim(`part of the error budget used${both ? ", largest difference" : ""}`),
    line(
      "",
      heading,
      heading.map(() => palette.strong),
    ),
    ...names.map((name, row) =>
      line(
        name,
        (found[row] ?? []).map((cell) => cellText(cell, both)),
        (found[row] ?? []).map((cell) => paintOf(cell, palette)),
      ),
    ),
    line(
      "verdict",
      comparisons.map(({ verdict }) => (verdict === "not explained" ? "NO" : "ok")),
      comparisons.map(({ verdict }) => (verdict === "not explained" ? palette.bad : palette.good)),
    ),
  ];
}

function cellText(cell: ReportLayer | undefined, both: boolean): string {
  if (cell === undefined) return "-";
  const mark = cell.verdict === "not explained" ? "! " : "";
  const size = both ? formatNumber(cell.difference.maxAbs).padStart(9) : "";
  return `${mark}${formatFactor(cell.factor)}${size}`;
}

function paintOf(cell: ReportLayer | undefined, { good, near, bad, dim }: Palette): Paint {
  if (cell === undefined) return dim;
  if (cell.verdict === "not explained") return bad;
  return cell.factor > NEAR ? near : good;
}

/** What `--backend all` left out, a line each, with the command that adds it. */
function notRunLines(notRun: ParityResult["notRun"], columns: number, { dim }: Palette): string[] {
  if (notRun.length === 0) return [];
  const width = Math.max(...notRun.map(({ backend }) => backend.length));
  return [
    "",
    "Not run:",
    ...notRun.flatMap(({ backend, reason, command }) => {
      const text = visible(command === undefined ? reason : `${reason}; to add it: ${command}`);
      const lines = wrapText(text, columns - width - 4);
      return lines.map((line, index) => dim(`  ${(index === 0 ? backend : "").padEnd(width)}  ${line}`));
    }),
  ];
}
