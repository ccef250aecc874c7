import type { TensorSource } from "../../core/tensor-source.js";
import type { Role } from "../../graph/graph.js";
import type { ModelConfig } from "../../models/model-config.js";
import type { ConfigFile } from "../config-file.js";
import type { Mapping } from "../mapping.js";

/** What names and shapes gave, and in words what they leave open and was assumed. */
export interface Inferred {
  readonly config: ModelConfig;
  readonly assumed: readonly string[];
}

/** One way of naming the tensors of one kind of model. */
export interface SourceFamily {
  /** The mapping's name. */
  readonly name: string;
  readonly role: Role;
  readonly mapping: Mapping;
  /** Whether these are its names; two families never both say so. Names are already plain: see plain-names.ts. */
  recognises(tensors: TensorSource["tensors"]): boolean;
  /**
   * Throws a `MappingError` when shapes do not make a model. `file` is a config.json that lies beside the weights; `trained` is whether they
   * bear traces of BigGAN-PyTorch's training: see training-traces.ts.
   */
  infer(source: TensorSource, file: ConfigFile | undefined, trained?: boolean): Inferred;
}
