import type { TensorSource } from "../core/tensor-source.js";
import { otherEntries, unsupportedTensors } from "../formats/open-source.js";
import type { ModelKind } from "../formats/recognise.js";
import { modelGraph } from "../models/model-config.js";
import { readConfigFile } from "./config-file.js";
import { mappedParameters } from "./mapped-parameters.js";
import type { Model, OpenModelOptions } from "./model.js";
import { plainNames } from "./plain-names.js";
import { requireFit } from "./require-fit.js";
import { resolveMapping } from "./resolve.js";
import { familyOf } from "./source-families.js";
import { hasTrainingTraces } from "./training-traces.js";
import { withoutFolder } from "./without-folder.js";

/**
 * A model out of anybody's named tensors: the family is recognised by their names, the configuration inferred from their shapes and
 * from a config.json beside them. The source is closed with the model, and when it is none.
 */
export async function openCheckpoint(
  stored: TensorSource,
  file: string,
  kind: ModelKind,
  { weights = "ema", role, signal }: OpenModelOptions = {},
): Promise<Model> {
  try {
    const { source, warnings } = plainNames(stored, weights, role);
    const family = familyOf(source);
    const { config: configFile, warnings: configWarnings } = await readConfigFile(file, { signal });
    const { config, assumed } = family.infer(source, configFile, await hasTrainingTraces(source, { signal }));
    const graph = modelGraph(config);
    const others = otherEntries(stored);
    const resolution = resolveMapping(family.mapping, graph, source, weights);
    return {
      file,
      kind,
      config,
      graph,
      source,
      resolution,
      ...(others === undefined ? {} : { otherEntries: others }),
      warnings: withoutFolder(
        [
          ...warnings,
          ...configWarnings,
          ...unsupportedTensors(stored).map((words) => `${stored.file}: ${words}`),
          ...assumed.map((words) => `${file}: assumed ${words}`),
        ],
        file,
      ),
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
