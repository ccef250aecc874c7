import type { ModelFacts as NodeModelFacts } from "../sampling/model-facts.js";
import type { InterpolationRequest, PictureRequest } from "../sampling/picture-request.js";

export type { InterpolationRequest, PicturePoint, PictureRequest } from "../sampling/picture-request.js";

/** What computes, fastest first. Which of them an export can use depends on its format: WebGL is tfjs's alone. */
export type WebBackend = "webgpu" | "webgl" | "wasm";

/** What an export holds that a browser can run. */
export type WebFormat = "tfjs" | "onnx";

/** Where `load` is, in order. Bytes are exact: their total is known from the manifest before the first arrives. */
export type LoadProgress =
  | {
      readonly stage: "download";
      /** Of all files together; those that were kept from an earlier visit count at once. */
      readonly bytes: number;
      readonly total: number;
      /** Of `bytes`, those that did not come over the network. */
      readonly fromCache: number;
    }
  /** A dropped model is read and mapped. */
  | { readonly stage: "port"; readonly step: string; readonly bytes: number; readonly total: number }
  | { readonly stage: "compile"; readonly backend: WebBackend }
  | { readonly stage: "self-test"; readonly backend: WebBackend; readonly done: number; readonly total: number };

export interface LoadOptions {
  readonly onProgress?: ((progress: LoadProgress) => void) | undefined;
  /** Something went wrong and was survived: a file fetched again, a lost graphics card, another back-end. In words for the visitor. */
  readonly onNotice?: ((words: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /**
   * Which back-ends to try, in this order; all by default: WebGPU, WebGL, WebAssembly. Where there is no graphics card, and the processor plays
   * one, WebAssembly is faster: then it comes first, unless you name them.
   */
  readonly backends?: readonly WebBackend[] | undefined;
  /** tfjs where the export has it, unless another is wanted. */
  readonly format?: WebFormat | undefined;
  /** The folder of onnxruntime-web's `dist`, for `format: "onnx"`; `onnxruntime-web/` beside the manifest by default. */
  readonly onnxruntime?: string | URL | undefined;
  /** false: computes in the page's own thread, for pages that are workers themselves. */
  readonly worker?: boolean | undefined;
  /** false: nothing is kept for the next visit. */
  readonly cache?: boolean | undefined;
  /** false: a back-end is used without its self-test. */
  readonly selfTest?: boolean | undefined;
}

/** How a back-end did on the goldens. */
export interface SelfTest {
  /** 0 when the export brings no goldens: then nothing is known. */
  readonly cases: number;
  /** The largest difference of a pixel, range [-1, 1], and what rounding explains of it. */
  readonly worst: number;
  readonly bound: number;
  readonly passed: boolean;
}

/** What Node says of a model, and what is of its download. */
export interface ModelFacts extends NodeModelFacts {
  /** SHA-256 over the hashes of the files of weights, 64 hexadecimal digits: the same weights in the same form. */
  readonly hash: string;
  readonly format: WebFormat;
  /** The weights' bytes. */
  readonly bytes: number;
  /** Of a model that was ported here: how many parameters were filled, and from how many tensors of the visitor's files. */
  readonly mapping?: { readonly parameters: number; readonly tensors: number } | undefined;
}

export interface BackendFacts {
  readonly backend: WebBackend;
  /** `tfjs 4.22.0, WebGPU on NVIDIA …` */
  readonly description: string;
  readonly selfTest: SelfTest;
  /** Tried before this one, and why each was not taken. */
  readonly refused: readonly { readonly backend: WebBackend; readonly reason: string }[];
}

export interface PictureOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with each picture as soon as it is there. */
  readonly onPicture?: ((picture: ImageData, index: number, milliseconds: number) => void) | undefined;
}

/** A generator that is loaded, tested and warm. */
export interface WebGenerator {
  readonly model: ModelFacts;
  /** Changes when a back-end is lost and another takes over. */
  readonly backend: BackendFacts;
  /** `count` pictures of resolution x resolution, opaque. */
  generate(request: PictureRequest, options?: PictureOptions): Promise<ImageData[]>;
  /** `steps` pictures between two points. */
  interpolate(request: InterpolationRequest, options?: PictureOptions): Promise<ImageData[]>;
  /** What the engine holds, for leak tests and curious pages. onnxruntime does not say: of it no tensors are counted, and the weights' bytes alone. */
  memory(): Promise<{ readonly tensors: number; readonly bytes: number }>;
  /** Ends the worker and frees all memory. Later calls are refused. */
  dispose(): Promise<void>;
}
