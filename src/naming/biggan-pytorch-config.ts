import { isGenerator, type ModelConfig } from "../models/model-config.js";

/** Why BigGAN-PyTorch has no such model, or undefined where it has. */
export function bigGanPyTorchMisfit(config: ModelConfig): string | undefined {
  if (config.family !== "biggan-deep") return undefined;
  if (config.rgbChannels !== 3) {
    return `BigGANdeep.py's last convolution gives the 3 channels of the picture, this model's ${config.rgbChannels}`;
  }
  const blocks = config.rows.filter((row) => row.block !== "attention");
  const other = blocks.findIndex(({ block }, index) => block !== (index % 2 === 0 ? "same" : "up"));
  return other < 0
    ? undefined
    : `BigGANdeep.py doubles the image in every second block, this model not so at block${other}`;
}

/**
 * The arguments that BigGAN-PyTorch builds such a model with, where they are not its defaults; `arch` beside them, for models of other widths
 * than its tables have. https://github.com/ajbrock/BigGAN-PyTorch (BigGAN.py: Generator, Discriminator)
 */
export function bigGanPyTorchConfig(config: ModelConfig, folded: boolean): Readonly<Record<string, unknown>> {
  const norm = folded ? "" : "SN";
  const { classes } = config;
  if (!isGenerator(config)) {
    return {
      D_param: norm,
      D_attn: String(attentionSide(config.rows, config.resolution, "down", 0.5)),
      num_D_SVs: 1,
      resolution: config.resolution,
      n_classes: classes,
      D_arch: archOf(config.rows, config.resolution, "down", 0.5),
    };
  }
  const arch = archOf(config.rows, 4, "up", 2);
  const deep = config.family === "biggan-deep";
  const blocks = arch.in_channels.length;
  return {
    G_param: norm,
    ...(deep ? { G_depth: 2 } : {}),
    G_shared: true,
    shared_dim: config.embedding,
    dim_z: deep ? config.zDim : config.zChunk * (blocks + 1),
    hier: true,
    cross_replica: false,
    mybn: false,
    norm_style: "bn",
    G_attn: String(attentionSide(config.rows, 4, "up", 2)),
    // float32(1e-4) is 1e-4 to them.
    BN_eps: Number(config.epsilon.toPrecision(7)),
    num_G_SVs: 1,
    num_G_SV_itrs: 1,
    resolution: arch.resolution.at(-1),
    n_classes: classes,
    G_arch: arch,
  };
}

type Row = { readonly block: string; readonly in: number; readonly out: number } | { readonly block: "attention" };

const isBlock = (row: Row): row is Extract<Row, { readonly in: number }> => "in" in row;

/** As their G_arch and D_arch have it: a number a block, the resolution being that behind it. */
function archOf(rows: readonly Row[], side: number, scaling: string, factor: number) {
  const blocks = rows.filter(isBlock);
  let resolution = side;
  return {
    in_channels: blocks.map((row) => row.in),
    out_channels: blocks.map((row) => row.out),
    [scaling === "up" ? "upsample" : "downsample"]: blocks.map(({ block }) => block === scaling),
    resolution: blocks.map(({ block }) => {
      if (block === scaling) resolution *= factor;
      return resolution;
    }),
  };
}

/** The image's side where the attention stands. */
function attentionSide(rows: readonly Row[], side: number, scaling: string, factor: number): number {
  const before = rows.slice(
    0,
    rows.findIndex((row) => !isBlock(row)),
  );
  return side * factor ** before.filter(({ block }) => block === scaling).length;
}
