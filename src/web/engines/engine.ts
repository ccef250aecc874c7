import type { WebBackend } from "../types.js";

/** One row of the graph's inputs. */
export interface Row {
  readonly z: Float32Array<ArrayBuffer>;
  readonly y: Float32Array<ArrayBuffer>;
  readonly truncation: number;
}

/** A model in an engine: what tfjs and onnxruntime have in common. */
export interface Engine {
  readonly backend: WebBackend;
  /** `tfjs 4.22.0, WebGPU on NVIDIA …` */
  readonly description: string;
  /** One picture, R * R * 3 numbers in [-1, 1]. Throws GpuLost when the graphics card went away meanwhile, or the model is not loaded any more. */
  run(row: Row): Promise<Float32Array>;
  memory(): { readonly tensors: number; readonly bytes: number };
  dispose(): Promise<void>;
}
