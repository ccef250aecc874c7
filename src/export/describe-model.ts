import { basename } from "node:path";
import type { Description } from "../formats/description/description.js";
import { parameterCount } from "../graph/graph.js";
import { mappingHash } from "../mapping/mapping-hash.js";
import type { Model } from "../mapping/model.js";
import { isGenerator, type ModelConfig } from "../models/model-config.js";
import { version } from "../version.js";

/**
 * What an export of a model says of itself. An export of an export names the same checkpoint and the same configuration, so that
 * both are the same bytes.
 */
export function describeModel(model: Model, baked?: number): Description {
  const { config, graph, file, resolution } = model;
  const tool = { name: "biggan-port", version };
  const truncation = baked === undefined ? undefined : ({ kind: "baked", value: baked } as const);
  if (model.description !== undefined) {
    const about = model.description.model;
    // Keys keep their places, and so the bytes stay the same.
    return { ...model.description, tool, model: { ...about, truncation: truncation ?? about.truncation } };
  }
  return {
    format: "biggan-port",
    formatVersion: 1,
    tool,
    model: {
      family: config.family,
      role: graph.role,
      name: basename(file).replace(/\.(tar\.gz|tgz)$/, ""),
      resolution: graph.resolution,
      classes: graph.classes,
      zDim: graph.zDim,
      parameters: parameterCount(graph),
      config: { ...config },
      truncation: truncation ?? truncationOf(config),
    },
    source: {
      kind: model.kind,
      file: basename(file),
      mapping: { name: resolution.mapping.name, sha256: mappingHash(resolution.mapping) },
    },
    passes: [],
    warnings: model.warnings,
  };
}

function truncationOf(config: ModelConfig): Description["model"]["truncation"] {
  if (!isGenerator(config)) return { kind: "none" };
  const grid = config.truncationGrid;
  return { kind: "input", grid, range: [Math.min(...grid), Math.max(...grid)] };
}
