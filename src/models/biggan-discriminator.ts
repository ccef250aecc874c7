import { GraphBuilder, type Image } from "../graph/builder.js";
import { BATCH, type Graph } from "../graph/graph.js";
import { projectionHead } from "./projection-head.js";

/** One row of the discriminator's table: a residual block that halves or keeps the resolution, or the attention block. */
export type BigGanDiscriminatorRow =
  | { readonly block: "down" | "same"; readonly in: number; readonly out: number }
  | { readonly block: "attention" };

const down = (from: number, to: number): BigGanDiscriminatorRow => ({ block: "down", in: from, out: to });
const same = (from: number, to: number): BigGanDiscriminatorRow => ({ block: "same", in: from, out: to });
const attention: BigGanDiscriminatorRow = { block: "attention" };
/** In place of a multiple of ch: the picture's red, green and blue. */
export const RGB = 0;

/** Brock et al. 2019, appendix B, tables 4-6. Channels in multiples of ch, but the picture's; attention at 64 x 64. */
export const BIGGAN_DISCRIMINATOR_ROWS = {
  128: [down(RGB, 1), attention, down(1, 2), down(2, 4), down(4, 8), down(8, 16), same(16, 16)],
  256: [down(RGB, 1), down(1, 2), attention, down(2, 4), down(4, 8), down(8, 8), down(8, 16), same(16, 16)],
  512: [down(RGB, 1), down(1, 1), down(1, 2), attention, down(2, 4), down(4, 8), down(8, 8), down(8, 16), same(16, 16)],
} as const satisfies Record<number, readonly BigGanDiscriminatorRow[]>;

export interface BigGanDiscriminatorConfig {
  readonly family: "biggan-discriminator";
  /** Channels are final here (already multiplied by ch); the first block takes 3. */
  readonly rows: readonly BigGanDiscriminatorRow[];
  readonly classes: number;
  /** Of the pictures that it judges. */
  readonly resolution: number;
}

/** x in [-1, 1] and class vector y -> one logit a picture, higher for what looks real. As BigGAN-PyTorch has it, whose weights exist. */
export function bigGanDiscriminator({ rows, classes, resolution }: BigGanDiscriminatorConfig): Graph {
  const g = new GraphBuilder();
  const x: Image = g.input("x", [BATCH, resolution, resolution, 3]);
  const y = g.input("y", [BATCH, classes]);

  let h = x;
  let index = 0;
  for (const row of rows) {
    if (row.block === "attention") {
      h = g.layer("attention", g.selfAttention("attention", h));
    } else {
      const name = `block${index++}`;
      h = g.layer(
        name,
        g.scope(name, () => (h === x ? firstBlock(g, h, row) : residualBlock(g, h, row))),
      );
    }
  }
  projectionHead(g, h, y);
  return g.build({ name: "biggan-discriminator", role: "discriminator", zDim: 0, classes, resolution });
}

interface BlockRow {
  readonly block: "down" | "same";
  readonly out: number;
}

/** Figure 15c: relu before both 3x3 convolutions. The shortcut is a 1x1 convolution, but in a block that changes nothing. */
function residualBlock(g: GraphBuilder, x: Image, { block, out }: BlockRow): Image {
  const shrink = (image: Image) => (block === "down" ? g.averagePool(image) : image);
  const h = g.conv("conv1", g.relu(g.conv("conv0", g.relu(x), out, 3)), out, 3);
  const projects = block === "down" || x.shape[3] !== out;
  return g.add(shrink(h), shrink(projects ? g.conv("shortcut", x, out, 1) : x));
}

/** On the picture itself: no relu in front, which would lose its dark half, and the shortcut is pooled before its convolution. */
function firstBlock(g: GraphBuilder, x: Image, { block, out }: BlockRow): Image {
  const shrink = (image: Image) => (block === "down" ? g.averagePool(image) : image);
  const h = g.conv("conv1", g.relu(g.conv("conv0", x, out, 3)), out, 3);
  return g.add(shrink(h), g.conv("shortcut", shrink(x), out, 1));
}
