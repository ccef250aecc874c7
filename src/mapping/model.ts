import type { ParameterSource } from "../core/parameter-source.js";
import type { TensorSource } from "../core/tensor-source.js";
import type { Description } from "../formats/description/description.js";
import type { HubModule } from "../formats/tf-hub/hub-module.js";
import type { Graph, Role } from "../graph/graph.js";
import type { WeightThread } from "../io/weight-thread/weight-thread.js";
import type { ModelConfig } from "../models/model-config.js";
import type { Resolution, WeightChoice } from "./resolve.js";

/** A checkpoint or an export together with the graph it fills. Opening reads names and shapes, never weights. */
export interface Model extends AsyncDisposable {
  readonly file: string;
  readonly kind: string;
  readonly config: ModelConfig;
  /** Of an export, with the rewrites that it was made with. */
  readonly graph: Graph;
  readonly source: TensorSource;
  readonly resolution: Resolution;
  /** The module with its own graph; an export has none. */
  readonly module?: HubModule;
  /** What an export says of itself: where it came from, how its graph was rewritten. A checkpoint has none. */
  readonly description?: Description;
  /** What a checkpoint holds beside tensors, by name, in a few words: counters, settings. */
  readonly otherEntries?: ReadonlyMap<string, string>;
  /** Things its user should know: lost statistics, an unexpected format version. */
  readonly warnings: readonly string[];
  /** Throws a MappingError with all issues when the mapping does not fit. */
  parameters(): ParameterSource;
}

export interface OpenModelOptions {
  /** Moving averages by default; raw weights only when asked for. */
  readonly weights?: WeightChoice;
  /** Which is taken of a checkpoint that holds both; a generator when nothing is said. */
  readonly role?: Role | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Begins with the weights of a module before its graph is read: for who will read them all. */
  readonly thread?: WeightThread | undefined;
  /** While an archive is unpacked: compressed bytes done, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
}
