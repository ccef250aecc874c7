import type { Tensor } from "../core/tensor.js";

/** One batch for a generator. All rows share one truncation, which also selects the batch-norm statistics. */
export interface GeneratorInputs {
  /** [n, zDim], already multiplied by the truncation. */
  readonly z: Tensor;
  /** [n, classes]: one-hot rows, or any weights. */
  readonly y: Tensor;
  /** 0 … 1. */
  readonly truncation: number;
}

/** One batch for a discriminator. */
export interface DiscriminatorInputs {
  /** [n, R, R, 3] in [-1, 1] */
  readonly x: Tensor;
  /** [n, classes]: one-hot rows, or any weights. */
  readonly y: Tensor;
}

/** One batch for the graph's role. */
export type ModelInputs = GeneratorInputs | DiscriminatorInputs;

export interface RunOptions {
  /** Layers to hand out beside the output, by name (`stem`, `block0` …, `attention`, `final`). */
  readonly taps?: readonly string[];
  readonly signal?: AbortSignal | undefined;
  /** Called when a layer has been computed, for progress. */
  readonly onLayer?: (name: string) => void;
}

/** Layer name to value; always holds the output, `image` [n, resolution, resolution, 3] in [-1, 1] or `logits` [n, 1]. */
export type ModelOutputs = ReadonlyMap<string, Tensor>;

/** A GPU as its driver names itself. */
export interface Adapter {
  readonly name: string;
  readonly vendor: string;
  /** Computed by the processor (SwiftShader, lavapipe, WARP): right, but slow. */
  readonly software: boolean;
}

/** A graph with its parameters, ready to run on one back-end. */
export interface Runtime extends AsyncDisposable {
  /** The back-end's name on the command line: `reference`, `tfjs-wasm`, … */
  readonly backend: string;
  /** What really runs, for reports: versions, adapter. */
  readonly description: string;
  /** Where a GPU, or a stand-in for one, computes. */
  readonly adapter?: Adapter;
  run(inputs: ModelInputs, options?: RunOptions): Promise<ModelOutputs>;
}

/** Tells the compiler and the reader that a layer was asked for and is there. */
export function layerOf(outputs: ModelOutputs, name: string): Tensor {
  const tensor = outputs.get(name);
  if (tensor === undefined) throw new Error(`runtime: layer ${name} was not handed out`);
  return tensor;
}
