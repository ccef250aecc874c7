import { z } from "zod";
import { FormatError } from "../../core/errors.js";
import { checkDocument, type DocumentWords, parseJson } from "../json-document.js";
import { type Description, EXPORT_FORMATS } from "./description.js";

export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "64 lower-case hex digits");
export const count = z.int().nonnegative();

/** Names of graph rewrites, in the order in which they were made. No pass has a longer name, no export as many of them. */
const passNames = z.array(z.string().max(100)).max(100).readonly();

const model = z.object({
  family: z.enum(["biggan", "biggan-deep", "biggan-discriminator", "biggan-deep-discriminator"]),
  /** Exports from before there were discriminators do not say: they are generators. */
  role: z.enum(["generator", "discriminator"]).optional(),
  name: z.string().optional(),
  resolution: count,
  classes: count,
  /** 0 of a discriminator. */
  zDim: count,
  parameters: count,
  /** The configuration inferred from the checkpoint, as src/models takes it. */
  config: z.record(z.string(), z.unknown()),
  truncation: z.discriminatedUnion("kind", [
    z.object({
      kind: z.literal("input"),
      /** The truncation that belongs to each row of the standing statistics. */
      grid: z.array(z.number()).min(1).readonly(),
      range: z.tuple([z.number(), z.number()]),
    }),
    /** The graph has no such input: the statistics are those of this truncation. */
    z.object({ kind: z.literal("baked"), value: z.number().min(0).max(1) }),
    /** A discriminator has no statistics. */
    z.object({ kind: z.literal("none") }),
  ]),
});

const source = z.object({
  kind: z.string(),
  /** The base name of the file or folder. */
  file: z.string().regex(/^[^/\\]*$/, "a base name"),
  sha256: sha256.optional(),
  mapping: z.object({ name: z.string(), sha256 }),
});

/** What every export says of itself, in its manifest and in each file of weights: enough to build the graph again. No dates, no machine's paths. */
export const descriptionFields = {
  format: z.literal("biggan-port"),
  formatVersion: z.literal(1),
  tool: z.object({ name: z.string(), version: z.string() }),
  model,
  /** The checkpoint that the weights came from, however many exports ago. */
  source,
};

/** Of each format in the folder, where it was rewritten. */
export const passesField = z.partialRecord(z.enum(EXPORT_FORMATS), passNames);

export const descriptionSchema = z.object({
  ...descriptionFields,
  /** Graph rewrites in their order; the weights are the rewritten graph's. */
  passes: passNames,
  warnings: z.array(z.string()).readonly(),
});

const HINT = "Give a file or folder that `biggan-port convert` wrote, or convert the checkpoint it came from.";

/**
 * What {@link encodeDescription} made, among a file's metadata. Throws a {@link FormatError} for a file that does not say it
 * is ours, and for one that says it wrongly.
 */
export function parseDescription(file: string, metadata: ReadonlyMap<string, string>): Description {
  const format = metadata.get("format");
  if (format !== "biggan-port") {
    const found = format === undefined ? "none" : `format ${JSON.stringify(format.slice(0, 40))}`;
    throw new FormatError({ file, field: "metadata" }, "a description that begins with format biggan-port", found, {
      hint: HINT,
    });
  }
  const words: DocumentWords = { file, expected: "a description of an export", hint: HINT };
  const encoder = new TextEncoder();
  const value = Object.keys(descriptionSchema.shape).map((key) => {
    const text = metadata.get(key);
    return [key, text === undefined || key === "format" ? text : parseJson(encoder.encode(text), `${file} ${key}`)];
  });
  return checkDocument(Object.fromEntries(value), descriptionSchema, words);
}
