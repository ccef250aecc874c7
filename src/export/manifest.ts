import { z } from "zod";

/** Where an export's description lies in its folder. */
export const MANIFEST_FILE = "manifest.json";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "64 lower-case hex digits");
const count = z.int().nonnegative();

/** Inside the folder: no absolute path, no `..`, no backslash, so that checking an export reads nothing else. */
const innerPath = z
  .string()
  .regex(/^[^/\\:\0]+(\/[^/\\:\0]+)*$/, "a path with / inside the folder")
  .refine((path) => path.split("/").every((part) => part !== "." && part !== ".."), "a path without . and ..");

const fileSchema = z.object({ path: innerPath, bytes: count, sha256 });

const paritySchema = z.object({
  /** `explained by rounding`, or what is not. */
  verdict: z.string(),
  /** What the back-ends were compared with. */
  reference: z.string(),
  backends: z
    .array(z.object({ name: z.string(), description: z.string(), verdict: z.string(), worst: z.number() }))
    .readonly(),
  /** The largest absolute difference of a pixel over all back-ends, range [-1, 1]. */
  worst: z.number(),
});

/** `manifest.json`: what an export is, where it came from, and every other file in it. No dates, no machine's paths. */
export const manifestSchema = z.object({
  format: z.literal("biggan-port"),
  formatVersion: z.literal(1),
  tool: z.object({ name: z.string(), version: z.string() }),
  model: z.object({
    family: z.enum(["biggan", "biggan-deep"]),
    name: z.string().optional(),
    resolution: count,
    classes: count,
    zDim: count,
    parameters: count,
    /** The configuration inferred from the checkpoint, as src/models takes it. */
    config: z.record(z.string(), z.unknown()),
    truncation: z.object({
      kind: z.literal("input"),
      /** The truncation that belongs to each row of the standing statistics. */
      grid: z.array(z.number()).min(1).readonly(),
      range: z.tuple([z.number(), z.number()]),
    }),
  }),
  source: z.object({
    kind: z.string(),
    /** The base name of the file or folder. */
    file: z.string().regex(/^[^/\\]*$/, "a base name"),
    sha256: sha256.optional(),
    mapping: z.object({ name: z.string(), sha256 }),
  }),
  /** Every file but the manifest, sorted by path. */
  files: z.array(fileSchema).readonly(),
  /** In network order; the last is the output. */
  layers: z.array(z.string()).min(1).readonly(),
  goldens: z.object({ file: innerPath, cases: count }),
  parity: paritySchema.optional(),
  warnings: z.array(z.string()).readonly(),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type ParitySummary = z.infer<typeof paritySchema>;
