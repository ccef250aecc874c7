import { z } from "zod";
import { jsonNumber } from "./json-number.js";

/** A tensor of the first layer that is off, in numbers; those of its finite elements, NaN where there are none. */
const tensorSchema = z.object({
  role: z.enum(["input", "parameter", "ours", "theirs"]),
  name: z.string(),
  shape: z.array(z.int().nonnegative()).readonly(),
  min: jsonNumber,
  max: jsonNumber,
  mean: jsonNumber,
  /** Root mean square. */
  rms: jsonNumber,
  nan: z.int().nonnegative(),
  infinite: z.int().nonnegative(),
});

/** A fault that was tried: the layer computed once more with it. */
const findingSchema = z.object({
  /** Stable: `epsilon-1e-5`. */
  kind: z.string(),
  /** What the other side then does, in words. */
  change: z.string(),
  /** Nodes or parameters of our graph. */
  places: z.array(z.string()).readonly(),
  /** Largest absolute difference that is left when the fault is assumed. */
  residual: jsonNumber,
  /** Whether what is left is explained by rounding. */
  explains: z.boolean(),
});

export const diagnosisSchema = z.object({
  reference: z.string(),
  candidate: z.string(),
  /** The first layer that disagrees although it starts from the same numbers. */
  layer: z.string(),
  /** Later layers that disagree in the same sense. */
  alsoOff: z.array(z.string()).readonly(),
  /** A few sentences, plain text. */
  summary: z.string(),
  /** Largest absolute difference before any fault is assumed, and what rounding explains. */
  maxAbs: jsonNumber,
  bound: jsonNumber,
  tensors: z.array(tensorSchema).readonly(),
  /** All that were tried, best first. */
  findings: z.array(findingSchema).readonly(),
  /** Those that make the error vanish and that this case cannot tell apart. */
  causes: z.array(findingSchema).readonly(),
  /** Where the layer's tensors lie as npz, beside the report. */
  minimalCase: z.string().optional(),
});

export type ReportDiagnosis = z.output<typeof diagnosisSchema>;
