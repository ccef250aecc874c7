import { basename } from "node:path";
import { parameterCount } from "../graph/graph.js";
import type { Model } from "../mapping/open-model.js";

/** The facts of a model that every command's document begins with. */
export function modelFacts({ file, kind, config, graph, warnings }: Model) {
  return {
    file,
    kind,
    family: config.family,
    resolution: graph.resolution,
    classes: graph.classes,
    zDim: graph.zDim,
    parameters: parameterCount(graph),
    config,
    warnings,
  };
}

/** `BigGAN, 32 x 32, 10 classes, z 40, 423,172 parameters, attention at 16 x 16, statistics for 50 truncations` */
export function modelLine({ config, graph }: Model): string {
  const attention = graph.nodes[graph.layers.get("attention") ?? -1]?.shape[1];
  return [
    config.family === "biggan" ? "BigGAN" : "BigGAN-deep",
    `${graph.resolution} x ${graph.resolution}`,
    `${graph.classes} classes`,
    `z ${graph.zDim}`,
    `${grouped(parameterCount(graph))} parameters`,
    ...(attention === undefined ? [] : [`attention at ${attention} x ${attention}`]),
    `statistics for ${config.truncationGrid.length} truncation${config.truncationGrid.length === 1 ? "" : "s"}`,
  ].join(", ");
}

/** `biggan-mini`: the file's or folder's own name, for headings. */
export function modelTitle({ file }: Pick<Model, "file">): string {
  return basename(file).replace(/\.(tar\.gz|tgz)$/i, "");
}

/** `50,388,609`; Intl would do it too, after 25 ms of start-up. */
function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}
