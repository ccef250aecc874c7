import { GraphBuilder, type Image } from "../../src/graph/builder.js";
import { BATCH, type Graph } from "../../src/graph/graph.js";

/** z [n, side * side * channels] seen as an image, then whatever `body` makes of it: the layer `image`. */
export function imageGraph(side: number, channels: number, body: (g: GraphBuilder, x: Image) => Image): Graph {
  const g = new GraphBuilder();
  const z = g.input("z", [BATCH, side * side * channels]);
  const y = g.input("y", [BATCH, 1]);
  const x = g.toImage(g.features(z, 0, side * side * channels), side, channels);
  g.layer("image", body(g, x));
  return g.build({
    name: "test",
    role: "generator",
    zDim: side * side * channels,
    classes: y.shape[1],
    resolution: side,
  });
}
