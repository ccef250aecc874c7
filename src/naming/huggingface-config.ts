import type { BigGanDeepConfig } from "../models/biggan-deep-generator.js";
import type { ModelConfig } from "../models/model-config.js";

/** Their first image has so many times the width of their last. */
const FIRST = 16;

const blocksOf = ({ rows }: BigGanDeepConfig) => rows.flatMap((row) => (row.block === "attention" ? [] : [row]));

const widthOf = (config: BigGanDeepConfig) => (blocksOf(config)[0]?.in ?? 0) / FIRST;

/** Why pytorch-pretrained-BigGAN has no such model, or undefined where it has. */
export function huggingFaceMisfit(config: ModelConfig): string | undefined {
  if (config.family !== "biggan-deep") return "pytorch-pretrained-BigGAN has generators of BigGAN-deep alone";
  const width = widthOf(config);
  const blocks = blocksOf(config);
  if (blocks.some((row) => row.in % width !== 0 || row.out % width !== 0) || !Number.isInteger(width)) {
    return `its channels are multiples of a ${FIRST}th of the first block's, ${blocks[0]?.in}, this model's are not`;
  }
  const last = blocks.at(-1)?.out;
  if (last !== width || config.rgbChannels !== width) {
    return `it ends in ${width} channels and as many of the last convolution, this model in ${last} and ${config.rgbChannels}`;
  }
  if (config.embedding !== config.zDim) {
    return `its class embedding is as long as z, this model's ${config.embedding} and ${config.zDim}`;
  }
  const { truncationGrid: grid } = config;
  const even = grid.length > 1 && grid.every((point, row) => Math.abs(point - row / (grid.length - 1)) < 1e-6);
  return even
    ? undefined
    : `its statistics are those of truncations from 0 to 1 in equal steps, this model has ${grid.length === 1 ? `truncation ${grid[0]} alone` : `${grid.length} others`}`;
}

/** The config.json of pytorch-pretrained-BigGAN. https://github.com/huggingface/pytorch-pretrained-BigGAN (config.py: BigGANConfig) */
export function huggingFaceConfig(config: ModelConfig): Readonly<Record<string, unknown>> {
  if (config.family !== "biggan-deep") throw new Error(`naming: ${config.family} has no such configuration`);
  const width = widthOf(config);
  const blocks = blocksOf(config);
  return {
    attention_layer_position: config.rows.findIndex(({ block }) => block === "attention"),
    channel_width: width,
    class_embed_dim: config.embedding,
    // float32(1e-4) is 1e-4 to them.
    eps: Number(config.epsilon.toPrecision(7)),
    layers: blocks.map((row) => [row.block === "up", row.in / width, row.out / width]),
    n_stats: config.truncationGrid.length,
    num_classes: config.classes,
    output_dim: 4 * 2 ** blocks.filter(({ block }) => block === "up").length,
    z_dim: config.zDim,
  };
}
