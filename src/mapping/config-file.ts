import { dirname, join } from "node:path";
import { z } from "zod";
import { isPortError } from "../core/errors.js";
import type { ReadOptions } from "../core/tensor-source.js";
import { parseDocument, readDocument } from "../formats/json-document.js";
import { isFile } from "../formats/tf-hub/hub-files.js";
import { MAX_BLOCKS } from "./families/tensor-shapes.js";

/** Configurations are a few hundred bytes; more than this is some other file of that name. */
const MAX_BYTES = 1 << 20;

const EPSILON = "a number above 0 and at most 1";
const COUNT = "a whole number above 0";
const LAYER = "a list of [true or false, channels in, channels out]";
const epsilon = z.number(EPSILON).positive(EPSILON).max(1, EPSILON);
const count = z.int(COUNT).positive(COUNT);
const layer = z.tuple([z.boolean(LAYER), z.number(LAYER), z.number(LAYER)], LAYER);

/** What BigGAN-PyTorch and pytorch-pretrained-BigGAN call what a state dict does not hold, or what tells whose configuration it is. */
const configSchema = z.looseObject(
  {
    BN_eps: epsilon.optional(),
    eps: epsilon.optional(),
    /** [upsampling, channels in, channels out], the channels in units of `channel_width`. */
    layers: z.array(layer, LAYER).min(1, LAYER).max(MAX_BLOCKS, LAYER).optional(),
    channel_width: count.optional(),
    num_classes: count.optional(),
    n_classes: count.optional(),
    output_dim: count.optional(),
    resolution: count.optional(),
  },
  "a model's configuration",
);

export interface ConfigFile {
  readonly file: string;
  readonly values: z.infer<typeof configSchema>;
}

/** The config.json beside the weights, in their folder; undefined, with a warning, for one that cannot be used. */
export async function readConfigFile(
  weights: string,
  options: ReadOptions = {},
): Promise<{ readonly config?: ConfigFile; readonly warnings: readonly string[] }> {
  for (const folder of [weights, dirname(weights)]) {
    const file = join(folder, "config.json");
    if (!(await isFile(file))) continue;
    try {
      const bytes = await readDocument(file, file, MAX_BYTES, options);
      const words = { file, expected: "a model's configuration", hint: "Mend it, or take it away." };
      return { config: { file, values: parseDocument(bytes, configSchema, words) }, warnings: [] };
    } catch (error) {
      if (!isPortError(error) || error.code !== "format") throw error;
      return { warnings: [`${error.message}: it is not used`] };
    }
  }
  return { warnings: [] };
}
