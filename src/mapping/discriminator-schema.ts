import { z } from "zod";
import type { DiscriminatorConfig } from "../models/discriminator.js";

/** The largest published picks pictures of 512 x 512 apart. */
const MAX_RESOLUTION = 4096;
const MAX_CHANNELS = 65_536;
const MAX_BLOCKS = 64;

const channels = z.int().positive().max(MAX_CHANNELS);
const common = {
  rows: z
    .array(
      z.discriminatedUnion("block", [
        z.strictObject({ block: z.enum(["down", "same"]), in: channels, out: channels }),
        z.strictObject({ block: z.literal("attention") }),
      ]),
    )
    .min(1)
    .max(MAX_BLOCKS)
    .readonly(),
  classes: channels,
  resolution: z.int().positive().max(MAX_RESOLUTION),
};

export const discriminatorSchemas = [
  z.strictObject({ family: z.literal("biggan-discriminator"), ...common }),
  z.strictObject({ family: z.literal("biggan-deep-discriminator"), ...common }),
] as const;

/** Throws what `refuse` makes for a configuration that no discriminator can have: a broken chain, a side that cannot be halved, a second attention. */
export function checkDiscriminator(
  { family, rows, resolution }: DiscriminatorConfig,
  refuse: (field: string, expected: string, found: string) => Error,
): void {
  const deep = family === "biggan-deep-discriminator";
  let before = deep ? undefined : 3;
  let side = resolution;
  for (const [index, row] of rows.entries()) {
    const field = `rows.${index}`;
    if (row.block === "attention") {
      if (index === 0 || (before ?? 0) % 8 !== 0) throw refuse(field, "attention after 8n channels", `${before}`);
      if (side % 2 !== 0) throw refuse(field, "attention on an even side", `${side}`);
      continue;
    }
    if (before !== undefined && row.in !== before) throw refuse(`${field}.in`, `${before} channels`, `${row.in}`);
    if (deep && (row.out % 4 !== 0 || row.out < row.in)) {
      throw refuse(field, "4n channels out and no fewer than in", `${row.in} in, ${row.out} out`);
    }
    if (row.block === "down") {
      if (side % 2 !== 0) throw refuse("resolution", "a side that every halving block can halve", `${resolution}`);
      side /= 2;
    }
    before = row.out;
  }
  const attentions = rows.filter(({ block }) => block === "attention").length;
  if (attentions > 1) throw refuse("rows", "at most one attention", `${attentions}`);
}
