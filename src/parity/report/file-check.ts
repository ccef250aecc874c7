import { z } from "zod";
import { formatFactor, formatNumber, listed, plural } from "./format.js";
import { jsonNumber } from "./json-number.js";
import type { ReportData } from "./report-data.js";
import type { ReportFacts } from "./report-schema.js";

/** One file of an export, run as its users run it, against the pictures that it should draw. */
export const fileCheckSchema = z.object({
  /** `tfjs`, `onnx` */
  format: z.string(),
  backend: z.string(),
  reference: z.string(),
  cases: z.int().nonnegative(),
  /** Of the pictures, in [-1, 1]. */
  maxAbs: jsonNumber,
  /** Largest absolute difference that rounding explains. */
  bound: jsonNumber,
  /** maxAbs / bound */
  factor: jsonNumber,
  psnrDb: jsonNumber,
  verdict: z.enum(["explained by rounding", "not explained"]),
});

export type FileCheck = z.output<typeof fileCheckSchema>;

/** *Is the export right?* in a sentence or two. */
export function answerExport(checks: readonly FileCheck[]): ReportFacts["questions"]["port"] {
  if (checks.length === 0) {
    return {
      answer: "not asked",
      sentence:
        "None of its files was run: what computes in fewer bits is judged by its likeness to float32, and other files need a runtime that is here.",
    };
  }
  const off = checks.filter(({ verdict }) => verdict === "not explained");
  if (off.length > 0) return { answer: "no", sentence: off.map(describeOff).join(" ") };
  const files = listed(checks.map(({ format, backend }) => `${format} on ${backend}`));
  const worst = Math.max(...checks.map(({ factor }) => factor));
  const references = listed([...new Set(checks.map(({ reference }) => reference))]);
  const pictures = plural(Math.max(...checks.map(({ cases }) => cases)), "picture");
  return {
    answer: "yes",
    sentence: `The files as written, ${files}, draw the pictures of ${references} (${pictures}). The largest difference uses ${formatFactor(worst)} of what rounding may leave.`,
  };
}

/** `tfjs on tfjs-wasm is off by 0.31 from our graph in float64, where rounding explains 2.1e-4.` */
export function describeOff({ format, backend, reference, maxAbs, bound }: FileCheck): string {
  return `${format} on ${backend} is off by ${formatNumber(maxAbs)} from ${reference}, where rounding explains ${formatNumber(bound)}.`;
}

/** A report that was composed before the files were there, with what they draw. */
export function withFiles({ facts, images }: ReportData, files: readonly FileCheck[]): ReportData {
  const questions = { ...facts.questions, export: answerExport(files) };
  return { facts: { ...facts, files, questions }, images };
}
