import { GraphBuilder, type Image } from "../graph/builder.js";
import { BATCH, type Graph } from "../graph/graph.js";
import { projectionHead } from "./projection-head.js";

/** One row of the discriminator's table: a stage of two bottleneck blocks, of which the first halves or keeps the resolution, or the attention block. */
export type BigGanDeepDiscriminatorRow =
  | { readonly block: "down" | "same"; readonly in: number; readonly out: number }
  | { readonly block: "attention" };

const down = (from: number, to: number): BigGanDeepDiscriminatorRow => ({ block: "down", in: from, out: to });
const attention: BigGanDeepDiscriminatorRow = { block: "attention" };

/** Brock et al. 2019, appendix B, tables 7-9, two blocks a row. Channels in multiples of ch; attention at 64 x 64. */
export const BIGGAN_DEEP_DISCRIMINATOR_ROWS = {
  128: [down(1, 2), attention, down(2, 4), down(4, 8), down(8, 16), down(16, 16)],
  256: [down(1, 2), down(2, 4), attention, down(4, 8), down(8, 8), down(8, 16), down(16, 16)],
  512: [down(1, 1), down(1, 2), down(2, 4), attention, down(4, 8), down(8, 8), down(8, 16), down(16, 16)],
} as const satisfies Record<number, readonly BigGanDeepDiscriminatorRow[]>;

/** Bottleneck blocks of a stage. */
const DEPTH = 2;

export interface BigGanDeepDiscriminatorConfig {
  readonly family: "biggan-deep-discriminator";
  /** Channels are final here (already multiplied by ch); the stem gives the first row its channels. */
  readonly rows: readonly BigGanDeepDiscriminatorRow[];
  readonly classes: number;
  /** Of the pictures that it judges. */
  readonly resolution: number;
}

/** x in [-1, 1] and class vector y -> one logit a picture, higher for what looks real. As BigGAN-PyTorch has it, whose weights exist. */
export function bigGanDeepDiscriminator(config: BigGanDeepDiscriminatorConfig): Graph {
  const { rows, classes, resolution } = config;
  const g = new GraphBuilder();
  const x: Image = g.input("x", [BATCH, resolution, resolution, 3]);
  const y = g.input("y", [BATCH, classes]);

  const first = rows.find((row) => row.block !== "attention")?.in ?? 0;
  let h = g.layer("stem", g.conv("stem", x, first, 3));
  let stages = 0;
  for (const row of rows) {
    if (row.block === "attention") {
      h = g.layer(
        "attention",
        g.scope(`stage${stages - 1}`, () => g.selfAttention("attention", h)),
      );
      continue;
    }
    const stage = `stage${stages++}`;
    for (let index = 0; index < DEPTH; index++) {
      const name = `${stage}.block${index}`;
      const halves = row.block === "down" && index === 0;
      h = g.layer(
        name,
        g.scope(name, () => bottleneckBlock(g, h, row.out, halves)),
      );
    }
  }
  projectionHead(g, h, y);
  return g.build({ name: "biggan-deep-discriminator", role: "discriminator", zDim: 0, classes, resolution });
}

/**
 * Figure 16c: 1x1, 3x3, 3x3, 1x1 with a quarter of the output's channels inside; pooled before the last. The skip path keeps its channels and a
 * 1x1 convolution adds those that are missing.
 */
function bottleneckBlock(g: GraphBuilder, x: Image, out: number, halves: boolean): Image {
  const inner = out / 4;
  const shrink = (image: Image) => (halves ? g.averagePool(image) : image);

  let h = g.conv("conv0", g.relu(x), inner, 1);
  h = g.conv("conv1", g.relu(h), inner, 3);
  h = g.conv("conv2", g.relu(h), inner, 3);
  h = g.conv("conv3", shrink(g.relu(h)), out, 1);

  const skip = shrink(x);
  const missing = out - x.shape[3];
  return g.add(h, missing === 0 ? skip : g.concatChannels([skip, g.conv("shortcut", skip, missing, 1)]));
}
