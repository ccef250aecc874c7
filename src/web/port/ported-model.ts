import type { Tensor } from "../../core/tensor.js";
import type { TfjsSignature, TfjsTopology, TfjsWeightSpec } from "../../formats/tfjs/graph-model.js";
import type { ModelFacts } from "../types.js";

/** A dropped model, mapped and lowered. Its weights are read when they are asked for: dispose of it when they have been. */
export interface PortedModel extends AsyncDisposable {
  /**
   * `hash` is that of the weights as `convert --to tfjs` would write them ({@link weightsHash}): the same at each drop, and the one that a
   * page of that export has.
   */
  readonly facts: Omit<ModelFacts, "format" | "mapping">;
  /** What `tf.io.fromMemory` takes. */
  readonly tfjs: {
    readonly modelTopology: TfjsTopology;
    readonly signature: TfjsSignature;
    readonly weightSpecs: readonly TfjsWeightSpec[];
    /** The weights in the order of `weightSpecs`, one buffer each, float32. May be asked for again, until the model is disposed of. */
    weightStream(): ReadableStream<ArrayBuffer>;
  };
  /** Pictures of the float64 reference; undefined where they would take long. */
  readonly goldens: PortedGoldens | undefined;
  /** Parameters that were filled, and tensors of the source. */
  readonly mapped: number;
  readonly sourceTensors: number;
}

/** What a back-end must reproduce. */
export interface PortedGoldens {
  /** [n, zDim], already multiplied by the truncation. */
  readonly z: Tensor;
  /** [n, classes] */
  readonly y: Tensor;
  /** n */
  readonly truncation: readonly number[];
  /** [n, R, R, 3], range [-1, 1]. */
  readonly image: Tensor;
  /** The largest difference of a pixel that float32 explains on any device. */
  readonly bound: number;
}
