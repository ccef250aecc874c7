import { basename } from "node:path";
import { parameterCount } from "../graph/graph.js";
import type { Model } from "../mapping/open-model.js";
import type { GeneratorConfig } from "../models/generator.js";
import { FAMILY_NAMES, isGenerator } from "../models/model-config.js";

/** The facts of a model that every command's document begins with. */
export function modelFacts({ file, kind, config, graph, warnings }: Model) {
  return {
    file,
    kind,
    family: config.family,
    role: graph.role,
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
    FAMILY_NAMES[config.family],
    `${graph.resolution} x ${graph.resolution}`,
    `${graph.classes} classes`,
    ...(isGenerator(config) ? [`z ${graph.zDim}`] : []),
    `${grouped(parameterCount(graph))} parameters`,
    ...(attention === undefined ? [] : [`attention at ${attention} x ${attention}`]),
    ...(isGenerator(config) ? [statisticsOf(config)] : []),
  ].join(", ");
}

function statisticsOf({ truncationGrid: { length } }: GeneratorConfig): string {
  return `statistics for ${length} truncation${length === 1 ? "" : "s"}`;
}

/** `biggan-mini`: the file's or folder's own name, for headings. */
export function modelTitle({ file }: Pick<Model, "file">): string {
  return basename(file).replace(/\.(tar\.gz|tgz|pth|pt|bin|safetensors|h5|hdf5|npz)$/i, "");
}

/** `50,388,609`; Intl would do it too, after 25 ms of start-up. */
function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}
