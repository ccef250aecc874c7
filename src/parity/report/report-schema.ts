import { z } from "zod";
import { diagnosisSchema } from "./diagnosis-schema.js";
import { fileCheckSchema } from "./file-check.js";
import { jsonNumber } from "./json-number.js";

const count = z.int().nonnegative();
const verdict = z.enum(["explained by rounding", "not explained"]);

/** How a layer of the candidate differs from the reference's; absolute unless it says otherwise. */
const differenceSchema = z.object({
  maxAbs: jsonNumber,
  meanAbs: jsonNumber,
  rms: jsonNumber,
  /** Of the reference, to see the difference in proportion. */
  referenceMax: jsonNumber,
  referenceRms: jsonNumber,
  cosine: jsonNumber,
  snrDb: jsonNumber,
  /** NaN and infinities in the candidate. */
  nonFinite: count,
  /** Largest distance in units in the last place of the candidate's type. */
  maxUlp: jsonNumber.optional(),
  /** Pictures only: peak signal to noise (peak 2), structural similarity. */
  psnrDb: jsonNumber.optional(),
  ssim: jsonNumber.optional(),
});

const layerSchema = z.object({
  layer: z.string(),
  shape: z.array(count).readonly(),
  difference: differenceSchema,
  /** Largest absolute difference that rounding explains. */
  bound: jsonNumber,
  /** maxAbs / bound: above 1 is not explained. */
  factor: jsonNumber,
  verdict,
});

const comparisonSchema = z.object({
  /** `port`: our graph in float64 against somebody else's numbers. `runtime`: a back-end that rounds. */
  question: z.enum(["port", "runtime"]),
  reference: z.string(),
  candidate: z.string(),
  cases: count,
  layers: z.array(layerSchema).readonly(),
  verdict,
  firstOff: z.string().optional(),
  /** All differences of the pictures by size: share of those below 10^exponents[0], between two, above the last. */
  histogram: z
    .object({
      exponents: z.array(z.number()).readonly(),
      counts: z.array(count).readonly(),
      /** Differences of exactly 0. */
      equal: count,
      nonFinite: count,
    })
    .optional(),
});

const answerSchema = z.object({
  answer: z.enum(["yes", "no", "not asked"]),
  /** One or two sentences, plain text. */
  sentence: z.string(),
});

const caseSchema = z.object({
  /** Row of the reference's inputs. */
  row: count,
  /** `goldfish`, `tench:0.5, hen:0.5` */
  label: z.string(),
  seed: count.optional(),
  truncation: z.number(),
});

const pictureRowSchema = z.object({
  comparison: count,
  /** What a difference was multiplied by before it was drawn; 0 when there was none. */
  amplification: jsonNumber,
  /** 8-bit values that differ, of how many, over the cases shown. */
  bytesOff: count,
  bytes: count,
  /** In the order of the cases. */
  maxAbs: z.array(jsonNumber).readonly(),
});

const sweepSchema = z.object({
  reference: z.string(),
  candidate: z.string(),
  label: z.string(),
  seed: count,
  /** Ascending truncation; each belongs to one row of the statistics. */
  points: z.array(z.object({ truncation: z.number(), maxAbs: jsonNumber, bound: jsonNumber })).readonly(),
  /** How many rows the model's statistics have, and why not all were run. */
  rows: count,
  note: z.string().optional(),
  verdict,
});

/**
 * `report.json`, and what `parity --json` prints. Stable: fields are added, never renamed, while `formatVersion` is 1.
 * Measured numbers that JSON cannot hold are the strings `"NaN"`, `"Infinity"` and `"-Infinity"`.
 */
export const reportSchema = z.object({
  format: z.literal("biggan-port/report"),
  formatVersion: z.literal(1),
  tool: z.object({ name: z.string(), version: z.string() }),
  title: z.string(),
  /** The base name of the model's file or folder. */
  file: z.string(),
  kind: z.string(),
  family: z.string(),
  resolution: count,
  classes: count,
  zDim: count,
  parameters: count,
  config: z.record(z.string(), z.unknown()),
  /** One line about the model. */
  description: z.string(),
  warnings: z.array(z.string()).readonly(),

  verdict,
  /** `export` where one was written. */
  questions: z.object({ port: answerSchema, runtime: answerSchema, export: answerSchema.optional() }),
  comparisons: z.array(comparisonSchema).readonly(),
  runtimes: z.record(
    z.string(),
    z.object({
      description: z.string(),
      adapter: z.object({ name: z.string(), vendor: z.string().optional(), software: z.boolean() }).optional(),
      seconds: z.number().optional(),
    }),
  ),
  notRun: z.array(z.object({ backend: z.string(), reason: z.string(), command: z.string().optional() })).readonly(),
  /** The files that were written, run as their users run them. */
  files: z.array(fileCheckSchema).readonly().optional(),
  samples: z
    .object({
      backend: z.string(),
      seed: count,
      truncation: z.number(),
      rows: z.array(z.string()).readonly(),
      columns: count,
    })
    .optional(),
  pictures: z
    .array(
      z.object({
        reference: z.string(),
        cases: z.array(caseSchema).readonly(),
        rows: z.array(pictureRowSchema).readonly(),
      }),
    )
    .readonly(),
  sweep: sweepSchema.optional(),
  /** When the module itself answers its first and its second call differently. */
  moduleState: z
    .object({
      explanation: z.string(),
      layers: z.array(z.object({ layer: z.string(), maxAbs: jsonNumber, meanAbs: jsonNumber })).readonly(),
    })
    .optional(),
  diagnosis: diagnosisSchema.optional(),
  provenance: z.object({
    /** Of the file, or of a folder's list of files and their hashes. */
    sha256: z.string().optional(),
    bytes: count.optional(),
    mapping: z.object({ name: z.string(), sha256: z.string() }),
    node: z.string(),
    system: z.string(),
  }),
});

/** The facts of a report as the program holds them. */
export type ReportFacts = z.output<typeof reportSchema>;

/** The same as JSON holds them. */
export type ReportJson = z.input<typeof reportSchema>;

export type ReportComparison = ReportFacts["comparisons"][number];
export type ReportLayer = ReportComparison["layers"][number];
export type ReportSweep = NonNullable<ReportFacts["sweep"]>;
export type ReportPictures = ReportFacts["pictures"][number];
export type ReportHistogram = NonNullable<ReportComparison["histogram"]>;
