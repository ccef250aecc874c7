import { z } from "zod";
import { FormatError } from "../core/errors.js";
import { checkDocument } from "../formats/json-document.js";
import { isGenerator, type ModelConfig } from "../models/model-config.js";
import { checkDiscriminator, discriminatorSchemas } from "./discriminator-schema.js";

/** Sizes that a configuration from a file may claim. The largest published: 16 x 128 channels, 1000 classes, 14 blocks, 7 of them enlarging. */
const MAX_CHANNELS = 65_536;
const MAX_BLOCKS = 64;
const MAX_ENLARGING = 10;
const MAX_ROWS = 1024;

const channels = z.int().positive().max(MAX_CHANNELS);
const attention = z.strictObject({ block: z.literal("attention") });
const common = {
  classes: channels,
  embedding: channels,
  truncationGrid: z.array(z.number().min(0).max(1)).min(1).max(MAX_ROWS).readonly(),
  epsilon: z.number().positive().max(1),
};

const configSchema = z.discriminatedUnion("family", [
  z.strictObject({
    family: z.literal("biggan"),
    rows: z
      .array(
        z.discriminatedUnion("block", [
          z.strictObject({ block: z.literal("up"), in: channels, out: channels }),
          attention,
        ]),
      )
      .max(MAX_BLOCKS)
      .readonly(),
    zChunk: channels,
    ...common,
  }),
  z.strictObject({
    family: z.literal("biggan-deep"),
    rows: z
      .array(
        z.discriminatedUnion("block", [
          z.strictObject({ block: z.enum(["up", "same"]), in: channels, out: channels }),
          attention,
        ]),
      )
      .max(MAX_BLOCKS)
      .readonly(),
    zDim: channels,
    rgbChannels: channels.min(3),
    ...common,
  }),
  ...discriminatorSchemas,
]);

/**
 * The configuration that an export's description carries. Throws a {@link FormatError} for one that no model can have: of a generator, every
 * block takes what the one before gives, one attention, channels that its parts divide, a grid that rises.
 */
export function parseConfig(file: string, value: unknown): ModelConfig {
  const hint = "The description was changed or damaged: export the model again.";
  const words = { file: `${file} model.config`, expected: "a model's configuration", hint };
  const config = checkDocument(value, configSchema, words);
  const refuse = (field: string, expected: string, found: string) =>
    new FormatError({ file: words.file, field }, expected, found, { hint });
  if (!isGenerator(config)) {
    checkDiscriminator(config, refuse);
    return config;
  }

  let before: number | undefined;
  for (const [index, row] of config.rows.entries()) {
    const field = `rows.${index}`;
    if (row.block === "attention") {
      if ((before ?? 0) % 8 !== 0 || before === undefined)
        throw refuse(field, "attention after 8n channels", `${before}`);
      continue;
    }
    if (before !== undefined && row.in !== before) throw refuse(`${field}.in`, `${before} channels`, `${row.in}`);
    if (config.family === "biggan-deep" && (row.in % 4 !== 0 || row.out > row.in)) {
      throw refuse(field, "4n channels in and no more out", `${row.in} in, ${row.out} out`);
    }
    before = row.out;
  }
  const attentions = config.rows.filter(({ block }) => block === "attention").length;
  if (attentions !== 1) throw refuse("rows", "one attention", `${attentions}`);
  const enlarging = config.rows.filter(({ block }) => block === "up").length;
  if (enlarging > MAX_ENLARGING) throw refuse("rows", `at most ${MAX_ENLARGING} enlarging blocks`, `${enlarging}`);
  const { truncationGrid } = config;
  const falls = truncationGrid.findIndex((point, index) => index > 0 && point <= (truncationGrid[index - 1] ?? 0));
  if (falls >= 0) throw refuse(`truncationGrid.${falls}`, "a value above the one before", `${truncationGrid[falls]}`);
  return config;
}
