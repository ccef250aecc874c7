import { z } from "zod";
import { EXPORT_FORMATS } from "../formats/description/description.js";
import { count, descriptionFields, passesField } from "../formats/description/description-schema.js";
import { fileSchema } from "../formats/description/export-folder.js";
import { innerPath } from "../formats/inner-path.js";

const paritySchema = z.object({
  /** `explained by rounding`, or what is not. */
  verdict: z.string(),
  /** What the back-ends were compared with. */
  reference: z.string(),
  backends: z
    .array(z.object({ name: z.string(), description: z.string(), verdict: z.string(), worst: z.number() }))
    .readonly(),
  /** The files of this export, run as their users run them: the largest difference of a pixel, and what rounding explains of it. */
  files: z
    .array(
      z.object({
        format: z.string(),
        backend: z.string(),
        reference: z.string(),
        worst: z.number(),
        bound: z.number(),
        verdict: z.string(),
      }),
    )
    .readonly()
    .optional(),
  /** The largest absolute difference of a pixel over all back-ends, range [-1, 1]. */
  worst: z.number(),
});

const decibels = z.number();

/** How the parameters of one format are stored, and what that cost. */
export const precisionSchema = z.object({
  request: z.object({ dtype: z.string().optional(), quality: decibels.optional(), maxBytes: count.optional() }),
  /** Of the weights as stored, and as float32. */
  bytes: count,
  float32Bytes: count,
  /** Names by precision. */
  parameters: z.record(z.string(), z.array(z.string())),
  /** What is wider than was asked for, and why. */
  spared: z.array(z.object({ parameter: z.string(), precision: z.string(), reason: z.string() })),
  /** Against float32, on samples that the choice was not made by: PSNR with peak 2, SSIM. */
  quality: z
    .object({
      samples: count,
      psnr: z.object({ overall: decibels, mean: decibels, worst: decibels }),
      ssim: z.object({ mean: z.number(), worst: z.number() }),
      worst: z.object({ index: count, classIndex: count, seed: z.number(), truncation: z.number() }),
    })
    .optional(),
  measuredOn: z.string().optional(),
  /** ONNX: what computes in fewer bits, and the nodes that do not. */
  compute: z.object({ type: z.string(), inFloat32: z.array(z.string()) }).optional(),
  /** What reducing one part alone costs and saves. */
  sensitivity: z
    .array(
      z.object({
        part: z.string(),
        parameters: z.array(z.string()).readonly(),
        choices: z
          .array(
            z.object({
              precision: z.string(),
              bytesSaved: z.number(),
              error: z.number(),
              psnr: decibels,
              measured: z.boolean(),
            }),
          )
          .readonly(),
      }),
    )
    .readonly()
    .optional(),
});

/** What a format that a browser runs is held against before it is used. */
const goldenFormatSchema = z.object({
  /** The array in the file of goldens: `image`, or with weights of fewer bits the pictures of these. */
  image: z.string(),
  /** The largest absolute difference of a pixel, range [-1, 1], that rounding explains on any device. */
  bound: z.number().positive(),
});

/** Golden inputs and outputs of the float64 reference. */
const goldensSchema = z.object({
  file: innerPath,
  cases: count,
  /** Absent in exports from before there was a browser runtime, and of discriminators. */
  formats: z.object({ tfjs: goldenFormatSchema.optional(), onnx: goldenFormatSchema.optional() }).optional(),
});

/** `manifest.json`: what an export is, where it came from, and every other file in it. No dates, no machine's paths. */
export const manifestSchema = z.object({
  ...descriptionFields,
  /** Graph rewrites of each format's weights. */
  passes: passesField.optional(),
  /** Of each format that is not plainly float32. */
  precision: z.partialRecord(z.enum(EXPORT_FORMATS), precisionSchema).optional(),
  /** Every file but the manifest, sorted by path. */
  files: z.array(fileSchema).readonly(),
  /** In network order; the last is the output. */
  layers: z.array(z.string()).min(1).readonly(),
  /** Left out where the float64 reference would take long and nobody asked for them. */
  goldens: goldensSchema.optional(),
  parity: paritySchema.optional(),
  warnings: z.array(z.string()).readonly(),
  /** What each stage cost, when asked for with --timings: stages overlap. */
  timings: z.record(z.string(), z.object({ milliseconds: z.number(), bytes: count })).optional(),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type ParitySummary = z.infer<typeof paritySchema>;
export type GoldensRecord = z.infer<typeof goldensSchema>;
export type GoldenFormat = z.infer<typeof goldenFormatSchema>;

/** What of an export a browser can run. */
export type WebFormat = keyof NonNullable<GoldensRecord["formats"]>;
