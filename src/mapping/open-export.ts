import { join } from "node:path";
import { bigganPort } from "../../mappings/biggan-port.js";
import { UsageError } from "../core/errors.js";
import type { ReadOptions, TensorSource } from "../core/tensor-source.js";
import type { Description, ExportFormat } from "../formats/description/description.js";
import { parseDescription } from "../formats/description/description-schema.js";
import { readExportFolder } from "../formats/description/export-folder.js";
import { openOnnxWeights } from "../formats/onnx/open-onnx-weights.js";
import type { ModelKind } from "../formats/recognise.js";
import { openSafetensors } from "../formats/safetensors/open-safetensors.js";
import { openTfjsWeights } from "../formats/tfjs/open-tfjs-weights.js";
import { joinedCodes } from "./joined-codes.js";
import { mappedParameters } from "./mapped-parameters.js";
import type { Model, OpenModelOptions } from "./model.js";
import { parseConfig } from "./parse-config.js";
import { rebuildGraph } from "./rebuild-graph.js";
import { requireFit } from "./require-fit.js";
import { resolveMapping } from "./resolve.js";

/** Weights, and what they are said to be. */
interface DescribedWeights {
  readonly source: TensorSource;
  /** By the manifest, where there is one; else by the file's own metadata. */
  describe(): Description;
}

/**
 * Opens what this tool has exported: a folder with its manifest, or the safetensors file or tfjs folder of one alone. The graph is
 * built again from the description, rewrites included, and each parameter is read under its own name.
 */
export async function openExport(
  file: string,
  kind: ModelKind,
  { weights = "ema", signal }: OpenModelOptions = {},
): Promise<Model> {
  if (weights === "raw") {
    throw new UsageError(`${file}: --raw-weights: an export holds one set of weights`, {
      hint: "Give the checkpoint that it was made from.",
    });
  }
  const { source: stored, describe } = await openWeights(file, kind, { signal });
  try {
    const source = joinedCodes(stored);
    const description = describe();
    const config = parseConfig(file, description.model.config);
    const graph = rebuildGraph(file, config, description);
    const resolution = resolveMapping(bigganPort, graph, source, weights);
    return {
      file,
      kind,
      config,
      graph,
      source,
      resolution,
      description,
      warnings: description.warnings,
      parameters: () => {
        requireFit(file, resolution);
        return mappedParameters(source, resolution.assignments);
      },
      [Symbol.asyncDispose]: () => stored[Symbol.asyncDispose](),
    };
  } catch (error) {
    await stored[Symbol.asyncDispose]();
    throw error;
  }
}

async function openWeights(file: string, kind: ModelKind, options: ReadOptions): Promise<DescribedWeights> {
  if (kind === "export-folder") {
    const { format, file: weights, description } = await readExportFolder(file, options);
    return { source: await OPENERS[format](weights, options), describe: () => description };
  }
  const [format, weights] = weightsAlone(file, kind);
  const source = await OPENERS[format](weights, options);
  return { source, describe: () => parseDescription(weights, source.metadata) };
}

/** One format of an export without its manifest. */
function weightsAlone(file: string, kind: ModelKind): readonly [ExportFormat, string] {
  if (kind === "tfjs-folder") return ["tfjs", join(file, "model.json")];
  if (kind === "onnx-folder") return ["onnx", join(file, "model.onnx")];
  return [kind === "onnx" ? "onnx" : "safetensors", file];
}

const OPENERS = {
  safetensors: (file: string, options: ReadOptions) => openSafetensors(file, options),
  tfjs: (file: string, options: ReadOptions) => openTfjsWeights(file, options),
  onnx: (file: string, options: ReadOptions) => openOnnxWeights(file, options),
};
