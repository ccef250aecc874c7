import { tfhubBigGan } from "../../mappings/tfhub-biggan.js";
import { tfhubBigGanDeep } from "../../mappings/tfhub-biggan-deep.js";
import { MappingError } from "../core/errors.js";
import type { ParameterSource } from "../core/parameter-source.js";
import type { TensorSource } from "../core/tensor-source.js";
import { recogniseModel } from "../formats/recognise.js";
import { type HubModule, openHubModule } from "../formats/tf-hub/hub-module.js";
import type { Graph } from "../graph/graph.js";
import { type GeneratorConfig, generatorGraph } from "../models/generator.js";
import { inferConfig } from "./infer-config.js";
import { mappedParameters } from "./mapped-parameters.js";
import { type Resolution, resolveMapping, type WeightChoice } from "./resolve.js";

/** A checkpoint together with the graph it fills. Opening reads names and shapes, never weights. */
export interface Model extends AsyncDisposable {
  readonly file: string;
  readonly kind: string;
  readonly config: GeneratorConfig;
  readonly graph: Graph;
  readonly source: TensorSource;
  readonly resolution: Resolution;
  readonly module: HubModule;
  /** Things its user should know: lost statistics, an unexpected format version. */
  readonly warnings: readonly string[];
  /** Throws a {@link MappingError} with all issues when the mapping does not fit. */
  parameters(): ParameterSource;
}

export interface OpenModelOptions {
  /** Moving averages by default; raw weights only when asked for. */
  readonly weights?: WeightChoice;
  readonly signal?: AbortSignal | undefined;
  /** While an archive is unpacked: compressed bytes done, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
}

const MAPPINGS = { biggan: tfhubBigGan, "biggan-deep": tfhubBigGanDeep };

/** Opens whatever holds a generator: the kind is recognised from the content, the configuration inferred from the tensors. */
export async function openModel(file: string, options: OpenModelOptions = {}): Promise<Model> {
  const { weights = "ema", signal, onProgress = () => undefined } = options;
  const kind = await recogniseModel(file);
  const module = await openHubModule(file, { signal, onProgress: ({ bytes, total }) => onProgress(bytes, total) });
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
      warnings: module.warnings,
      parameters: () => {
        requireFit(file, resolution);
        return mappedParameters(source, resolution.assignments);
      },
      [Symbol.asyncDispose]: () => module[Symbol.asyncDispose](),
    };
  } catch (error) {
    await module[Symbol.asyncDispose]();
    throw error;
  }
}

/** A model whose every parameter has its tensor and whose every tensor has its use, or all the reasons why not. */
function requireFit(file: string, { mapping, issues, weights }: Resolution): void {
  if (issues.length === 0) return;
  const lacksAverages =
    weights === "ema" && issues.some((issue) => issue.kind === "missing-source" && /\/ema[^/]*$/.test(issue.source));
  throw new MappingError(file, mapping.name, issues, {
    hint: lacksAverages
      ? "Run `biggan-port check` for the whole table; if this checkpoint was saved without moving averages, --raw-weights takes the raw ones."
      : "Run `biggan-port check` for the whole table.",
  });
}
