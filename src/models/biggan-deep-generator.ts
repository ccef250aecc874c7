import { GraphBuilder, type Image, type Matrix } from "../graph/builder.js";
import type { Graph } from "../graph/graph.js";
import { BATCH } from "../graph/graph.js";

/** One row of the generator's table: a bottleneck block that keeps or doubles the resolution, or the attention block. */
export type BigGanDeepRow =
  | { readonly block: "same" | "up"; readonly in: number; readonly out: number }
  | { readonly block: "attention" };

const same = (from: number, to: number): BigGanDeepRow => ({ block: "same", in: from, out: to });
const up = (from: number, to: number): BigGanDeepRow => ({ block: "up", in: from, out: to });
const attention: BigGanDeepRow = { block: "attention" };

/** Brock et al. 2019, appendix B, tables 7-9. Channels in multiples of ch; the image starts at 4 x 4. */
// biome-ignore format: one line a resolution, as in the paper
export const BIGGAN_DEEP_ROWS = {
  128: [same(16, 16), up(16, 16), same(16, 16), up(16, 8), same(8, 8), up(8, 4), same(4, 4), up(4, 2), attention, same(2, 2), up(2, 1)],
  256: [same(16, 16), up(16, 16), same(16, 16), up(16, 8), same(8, 8), up(8, 8), same(8, 8), up(8, 4), attention, same(4, 4), up(4, 2), same(2, 2), up(2, 1)],
  512: [same(16, 16), up(16, 16), same(16, 16), up(16, 8), same(8, 8), up(8, 8), same(8, 8), up(8, 4), attention, same(4, 4), up(4, 2), same(2, 2), up(2, 1), same(1, 1), up(1, 1)],
} as const satisfies Record<number, readonly BigGanDeepRow[]>;

export interface BigGanDeepConfig {
  readonly family: "biggan-deep";
  /** Channels are final here (already multiplied by ch). */
  readonly rows: readonly BigGanDeepRow[];
  readonly classes: number;
  /** Length of the class embedding. */
  readonly embedding: number;
  readonly zDim: number;
  /** Outputs of the last convolution, of which the first three are the picture; 128 in the released modules. */
  readonly rgbChannels: number;
  /** The truncation that belongs to each row of the standing statistics. */
  readonly truncationGrid: readonly number[];
  /** Of every batch norm; float32(1e-4) in the released modules. */
  readonly epsilon: number;
}

/** z, class vector y and truncation -> image in [-1, 1]. The whole condition [z, class] feeds the stem and every block. */
export function bigGanDeepGenerator(config: BigGanDeepConfig): Graph {
  const { rows, zDim, classes, epsilon } = config;
  const side = 4;

  const g = new GraphBuilder();
  const z = g.input("z", [BATCH, zDim]);
  const y = g.input("y", [BATCH, classes]);
  const statistics = g.truncationWeights(g.input("truncation", []), config.truncationGrid);

  const condition = g.concat([z, g.linear("embed", y, config.embedding, { bias: false })]);
  const first = rows.find((row) => row.block !== "attention")?.in ?? 0;
  let h = g.toImage(g.linear("stem", condition, side * side * first, { bias: true }), side, first);
  g.layer("stem", h);

  let index = 0;
  for (const row of rows) {
    if (row.block === "attention") {
      h = g.layer("attention", g.selfAttention("attention", h));
    } else {
      const name = `block${index++}`;
      const norm = { condition, rows: statistics, epsilon };
      h = g.layer(
        name,
        g.scope(name, () => bottleneckBlock(g, h, row.out, row.block === "up", norm)),
      );
    }
  }

  h = g.layer("final", g.relu(g.batchNorm("final", h, { rows: statistics, epsilon })));
  g.layer("image", g.tanh(g.channels(g.conv("rgb", h, config.rgbChannels, 3), 3)));
  return g.build({ name: "biggan-deep-generator", role: "generator", zDim, classes, resolution: h.shape[1] });
}

/** Figure 16b: 1x1, 3x3, 3x3, 1x1 with a quarter of the input's channels inside; the skip path drops channels instead of projecting them. */
function bottleneckBlock(
  g: GraphBuilder,
  x: Image,
  out: number,
  doubles: boolean,
  norm: { readonly condition: Matrix; readonly rows: Matrix; readonly epsilon: number },
): Image {
  const inner = x.shape[3] / 4;
  const grow = (image: Image) => (doubles ? g.upsample(image) : image);

  let h = g.conv("conv0", g.relu(g.batchNorm("bn0", x, norm)), inner, 1);
  h = g.conv("conv1", grow(g.relu(g.batchNorm("bn1", h, norm))), inner, 3);
  h = g.conv("conv2", g.relu(g.batchNorm("bn2", h, norm)), inner, 3);
  h = g.conv("conv3", g.relu(g.batchNorm("bn3", h, norm)), out, 1);
  return g.add(h, grow(g.channels(x, out)));
}
