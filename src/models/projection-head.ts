import type { GraphBuilder, Image, Matrix } from "../graph/builder.js";

/**
 * The end of every discriminator: relu, the sum over all positions, then one number that says how real the picture looks at all plus one
 * that says how well it fits its class (Miyato & Koyama 2018, figure 1d). Layers `final` [n, c] and `logits` [n, 1].
 */
export function projectionHead(g: GraphBuilder, x: Image, y: Matrix): Matrix {
  const h = g.layer("final", g.sumPool(g.relu(x)));
  const real = g.linear("linear", h, 1, { bias: true });
  const fits = g.rowDot(g.linear("embed", y, h.shape[1], { bias: false }), h);
  return g.layer("logits", g.add(real, fits));
}
