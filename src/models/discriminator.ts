import type { Graph } from "../graph/graph.js";
import {
  BIGGAN_DEEP_DISCRIMINATOR_ROWS,
  type BigGanDeepDiscriminatorConfig,
  bigGanDeepDiscriminator,
} from "./biggan-deep-discriminator.js";
import {
  BIGGAN_DISCRIMINATOR_ROWS,
  type BigGanDiscriminatorConfig,
  bigGanDiscriminator,
  RGB,
} from "./biggan-discriminator.js";

/** Everything that shapes a discriminator. Inferred from a checkpoint's tensors, never asked for. */
export type DiscriminatorConfig = BigGanDiscriminatorConfig | BigGanDeepDiscriminatorConfig;

export function discriminatorGraph(config: DiscriminatorConfig): Graph {
  return config.family === "biggan-discriminator" ? bigGanDiscriminator(config) : bigGanDeepDiscriminator(config);
}

/** The discriminators of the paper's appendix B. DeepMind never released them; BigGAN-PyTorch trains them so. */
export function publishedDiscriminator(
  family: DiscriminatorConfig["family"],
  resolution: 128 | 256 | 512,
): DiscriminatorConfig {
  const common = { classes: 1000, resolution };
  if (family === "biggan-discriminator") {
    const rows = BIGGAN_DISCRIMINATOR_ROWS[resolution].map((row) =>
      row.block === "attention" ? row : { ...row, in: row.in === RGB ? 3 : row.in * 96, out: row.out * 96 },
    );
    return { family, rows, ...common };
  }
  const rows = BIGGAN_DEEP_DISCRIMINATOR_ROWS[resolution].map((row) =>
    row.block === "attention" ? row : { ...row, in: row.in * 128, out: row.out * 128 },
  );
  return { family, rows, ...common };
}
