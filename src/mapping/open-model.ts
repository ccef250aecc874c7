import { tfhubBigGan } from "../../mappings/tfhub-biggan.js";
import { tfhubBigGanDeep } from "../../mappings/tfhub-biggan-deep.js";
import { isSourceKind, openSource, type SourceKind } from "../formats/open-source.js";
import { locateModel, type ModelKind } from "../formats/recognise.js";
import { openHubModule } from "../formats/tf-hub/hub-module.js";
import { generatorGraph } from "../models/generator.js";
import { inferConfig } from "./families/tfhub-config.js";
import { mappedParameters } from "./mapped-parameters.js";
import type { Model, OpenModelOptions } from "./model.js";
import { requireFit } from "./require-fit.js";
import { resolveMapping } from "./resolve.js";
import { type StepsAhead, stepsAhead } from "./steps-ahead.js";
import { withoutFolder } from "./without-folder.js";

export type { Model, OpenModelOptions } from "./model.js";

const MAPPINGS = { biggan: tfhubBigGan, "biggan-deep": tfhubBigGanDeep };

/**
 * Opens whatever holds a model: the kind is recognised from the content, the configuration inferred from the tensors, or, of
 * an export, read from what it says of itself.
 */
export async function openModel(file: string, options: OpenModelOptions = {}): Promise<Model> {
  const { kind, file: weights } = await locateModel(file);
  if (kind === "tf-hub-archive" || kind === "tf-hub-folder") return await openModule(file, kind, options);
  if (isSourceKind(kind) && !(kind === "safetensors" && (await isExport(weights, options)))) {
    return await openTensors(weights, kind, options);
  }
  // Loaded when wanted: what reads exports takes as long to start as a checkpoint to open.
  const { openExport } = await import("./open-export.js");
  return await openExport(weights, kind, options);
}

/** Our own safetensors files say so themselves. */
async function isExport(file: string, { signal }: OpenModelOptions): Promise<boolean> {
  const { openSafetensors } = await import("../formats/safetensors/open-safetensors.js");
  await using weights = await openSafetensors(file, { signal });
  return weights.metadata.get("format") === "biggan-port";
}

async function openTensors(file: string, kind: SourceKind, options: OpenModelOptions): Promise<Model> {
  // Side by side: libhdf5 starts in a thread of its own, and takes longer than the import.
  const [source, { openCheckpoint }] = await Promise.all([
    openSource(file, kind, options),
    import("./open-checkpoint.js"),
  ]);
  return await openCheckpoint(source, file, kind, options);
}

async function openModule(file: string, kind: ModelKind, options: OpenModelOptions): Promise<Model> {
  const { weights = "ema", signal, thread, onProgress = () => undefined } = options;
  let ahead: StepsAhead | undefined;
  const module = await openHubModule(file, {
    signal,
    onProgress: ({ bytes, total }) => onProgress(bytes, total),
    onVariables(variables) {
      ahead = thread && stepsAhead(variables, weights, thread);
    },
  });
  try {
    const { source } = module;
    const config = inferConfig(source, module.facts);
    const graph = generatorGraph(config);
    const resolution = resolveMapping(MAPPINGS[config.family], graph, source, weights);
    return {
      file,
      kind,
      config,
      graph,
      source,
      resolution,
      module,
      warnings: withoutFolder(module.warnings, file),
      parameters: () => {
        requireFit(file, resolution);
        return mappedParameters(source, resolution.assignments, ahead);
      },
      [Symbol.asyncDispose]: () => module[Symbol.asyncDispose](),
    };
  } catch (error) {
    await module[Symbol.asyncDispose]();
    throw error;
  }
}
