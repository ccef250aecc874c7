import { GraphBuilder, type Image, type Matrix } from "../graph/builder.js";
import type { Graph } from "../graph/graph.js";
import { BATCH } from "../graph/graph.js";

/** One row of the generator's table: a residual block that doubles the resolution, or the attention block. */
export type BigGanRow =
  | { readonly block: "up"; readonly in: number; readonly out: number }
  | { readonly block: "attention" };

const up = (from: number, to: number): BigGanRow => ({ block: "up", in: from, out: to });
const attention: BigGanRow = { block: "attention" };

/** Brock et al. 2019, appendix B, tables 4-6. Channels in multiples of ch; the image starts at 4 x 4. */
export const BIGGAN_ROWS = {
  128: [up(16, 16), up(16, 8), up(8, 4), up(4, 2), attention, up(2, 1)],
  256: [up(16, 16), up(16, 8), up(8, 8), up(8, 4), up(4, 2), attention, up(2, 1)],
  512: [up(16, 16), up(16, 8), up(8, 8), up(8, 4), attention, up(4, 2), up(2, 1), up(1, 1)],
} as const satisfies Record<number, readonly BigGanRow[]>;

export interface BigGanConfig {
  readonly family: "biggan";
  /** Channels are final here (already multiplied by ch). */
  readonly rows: readonly BigGanRow[];
  readonly classes: number;
  /** Length of the class embedding. */
  readonly embedding: number;
  /** z is cut in chunks of this length: the first for the stem, then one for each residual block. */
  readonly zChunk: number;
  /** The truncation that belongs to each row of the standing statistics. */
  readonly truncationGrid: readonly number[];
  /** Of every batch norm; float32(1e-4) in the released modules. */
  readonly epsilon: number;
}

/** z, class vector y and truncation -> image in [-1, 1]. TF Hub's BigGAN: z first, class second in every condition. */
export function bigGanGenerator(config: BigGanConfig): Graph {
  const { rows, zChunk, classes, epsilon } = config;
  const blocks = rows.filter((row) => row.block === "up");
  const side = 4;
  const zDim = zChunk * (blocks.length + 1);

  const g = new GraphBuilder();
  const z = g.input("z", [BATCH, zDim]);
  const y = g.input("y", [BATCH, classes]);
  const statistics = g.truncationWeights(g.input("truncation", []), config.truncationGrid);

  const embedded = g.linear("embed", y, config.embedding, { bias: false });
  const chunk = (index: number): Matrix => g.features(z, index * zChunk, zChunk);
  const first = blocks[0]?.in ?? 0;
  let h = g.toImage(g.linear("stem", chunk(0), side * side * first, { bias: true }), side, first);
  g.layer("stem", h);

  let index = 0;
  for (const row of rows) {
    if (row.block === "attention") {
      h = g.layer("attention", g.selfAttention("attention", h));
    } else {
      const condition = g.concat([chunk(index + 1), embedded]);
      const name = `block${index++}`;
      h = g.layer(
        name,
        g.scope(name, () => residualBlockUp(g, h, row.out, { condition, rows: statistics, epsilon })),
      );
    }
  }

  h = g.layer("final", g.relu(g.batchNorm("final", h, { rows: statistics, epsilon })));
  g.layer("image", g.tanh(g.conv("rgb", h, 3, 3)));
  return g.build({ name: "biggan-generator", role: "generator", zDim, classes, resolution: h.shape[1] });
}

/** Figure 15b: both convolutions are 3x3, the shortcut is a 1x1 convolution, the upsampling comes after the first activation. */
function residualBlockUp(
  g: GraphBuilder,
  x: Image,
  out: number,
  norm: { readonly condition: Matrix; readonly rows: Matrix; readonly epsilon: number },
): Image {
  let h = g.relu(g.batchNorm("bn0", x, norm));
  h = g.conv("conv0", g.upsample(h), out, 3);
  h = g.relu(g.batchNorm("bn1", h, norm));
  h = g.conv("conv1", h, out, 3);
  return g.add(h, g.conv("shortcut", g.upsample(x), out, 1));
}
