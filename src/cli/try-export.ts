import { ParityError } from "../core/errors.js";
import { checkFiles, type RightPictures } from "../export/check-files.js";
import type { PreparedFormat } from "../export/prepare-formats.js";
import type { Model } from "../mapping/open-model.js";
import { arithmeticOf, FLOAT32_CPU } from "../parity/budget/arithmetic.js";
import { answerExport, describeOff, type FileCheck } from "../parity/report/file-check.js";
import { parseBackend } from "../runtime/backends.js";
import type { MeasuredParity } from "./measure-parity.js";
import { exportAnswerLines, terminalColour } from "./parity-table.js";
import type { Session } from "./session.js";

/** What is tried, where, and what it is held against. */
export interface WrittenExport {
  readonly folder: string;
  readonly formats: readonly PreparedFormat[];
  /** Baked in. */
  readonly truncation: number | undefined;
}

/**
 * *Is the export right?* Runs the written files and prints the answer; not asked where no parity run has pictures in float32 to go by.
 * @throws ParityError when a file draws something else: nothing of the export then stays.
 */
export async function tryExport(
  { file }: Model,
  { folder, formats, truncation }: WrittenExport,
  measured: MeasuredParity,
  session: Session,
): Promise<readonly FileCheck[]> {
  const right = rightPictures(measured);
  const checks =
    right === undefined ? [] : await checkFiles(folder, formats, right, { truncation, signal: session.signal });
  for (const line of exportAnswerLines(answerExport(checks), { colour: terminalColour() })) session.print(line);
  session.print();
  const off = checks.find(({ verdict }) => verdict === "not explained");
  if (off === undefined) return checks;
  throw new ParityError(`${file}: the export is not right: ${describeOff(off)}`, {
    hint: "The port and its runtimes agree, so a rewrite or the writer of this format is at fault: try --passes none, and report it.",
  });
}

/** A comparison whose candidate rounds as the files will; our float64 is the best thing to hold them against. */
function rightPictures({ result, compared }: MeasuredParity): RightPictures | undefined {
  const rounding = compared.filter(({ candidate }) => arithmeticOf(parseBackend(candidate)) === FLOAT32_CPU);
  const best = rounding.find(({ reference }) => reference === "our graph in float64") ?? rounding[0];
  const layer = result.comparisons[best?.comparison ?? -1]?.layers.find((one) => one.layer === "image");
  if (best === undefined || layer === undefined) return undefined;
  return { reference: best.reference, inputs: best.inputs, wanted: best.wanted, bound: layer.bound };
}
