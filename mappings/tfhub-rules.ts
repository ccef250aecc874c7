import type { IgnoreRule, Rule } from "../src/mapping/mapping.js";

/** A moving average, used as it is. */
export const plain = (name: string): Rule => ({ from: `${name}/{ema}` });

/** The float32 constant 1e-4 of the modules' graphs. */
const EPSILON = Math.fround(1e-4);

/** A moving average divided by its largest singular value, estimated from the stored u0. */
export const normed = (scope: string): Rule => ({
  from: `${scope}/w/{ema}`,
  transforms: [{ op: "spectralNorm", u: `${scope}/u0`, epsilon: EPSILON }],
});

/** What DeepMind's modules hold beside the generator's own weights. */
export const TFHUB_IGNORED: readonly IgnoreRule[] = [
  { match: "{raw}", reason: "raw twin; the moving average is used" },
  { match: "{twin}", reason: "moving average; the raw weights were asked for" },
  { match: "{*}/u1", reason: "second singular vector, kept by training for monitoring" },
  { match: "{*}/u2", reason: "third singular vector, kept by training for monitoring" },
  { match: "{*}/accumulated_mean", reason: "one truncation only; the standing statistics hold all" },
  { match: "{*}/accumulated_var", reason: "one truncation only; the standing statistics hold all" },
  { match: "{*}/accumulation_counter", reason: "counter of the accumulated statistics" },
  { match: "prev_truncation", reason: "state of the module's graph; this port keeps none" },
  { match: "global_step", reason: "counter of the training" },
];
