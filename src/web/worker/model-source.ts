import type { io } from "@tensorflow/tfjs-core";
import type { Tensor } from "../../core/tensor.js";
import type { ModelFacts } from "../types.js";

/** A graph model as `tf.io.fromMemory` takes it. */
export interface TfjsFiles {
  readonly kind: "tfjs";
  readonly modelTopology: object;
  readonly signature: object;
  readonly weightSpecs: io.WeightsManifestEntry[];
  /** All weights in their order. Each call reads them again. */
  weightStream(): ReadableStream<ArrayBuffer>;
}

/** An ONNX model, and where the library is that runs it. */
export interface OnnxFiles {
  readonly kind: "onnx";
  /** Folder of onnxruntime-web's `dist`, with a slash at the end. */
  readonly library: URL;
  /** The model's bytes and the files it refers to. Each call reads them again. */
  read(): Promise<{
    readonly model: Uint8Array<ArrayBuffer>;
    readonly externalData: readonly { readonly path: string; readonly data: Uint8Array<ArrayBuffer> }[];
  }>;
}

/** Inputs and the pictures that belong to them. */
export interface Goldens {
  /** [n, zDim] */
  readonly z: Tensor;
  /** [n, classes] */
  readonly y: Tensor;
  /** n */
  readonly truncation: ArrayLike<number>;
  /** [n, R, R, 3] in [-1, 1] */
  readonly image: Tensor;
  /** The largest difference of a pixel that is still right. */
  readonly bound: number;
}

/** A model that can be loaded by an engine, and loaded again when a graphics card was lost. */
export interface ModelSource extends AsyncDisposable {
  readonly facts: ModelFacts;
  readonly files: TfjsFiles | OnnxFiles;
  readonly goldens: Goldens | undefined;
  /** Told once, when an engine has the whole model. */
  loaded(): Promise<void>;
}
