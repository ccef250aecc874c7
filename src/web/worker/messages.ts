import type { BackendFacts, InterpolationRequest, LoadProgress, ModelFacts, PictureRequest } from "../types.js";
import type { ErrorData } from "../web-error.js";
import type { OpenOptions, Origin } from "./open-generator.js";

/** What is to be drawn. */
export type Task =
  | { readonly kind: "generate"; readonly request: PictureRequest }
  | { readonly kind: "interpolate"; readonly request: InterpolationRequest };

/** From the page to its worker. `open` comes first, and once; `id` tells the answers apart. */
export type ToWorker =
  | { readonly kind: "open"; readonly id: number; readonly origin: Origin; readonly options: OpenOptions }
  | { readonly kind: "draw"; readonly id: number; readonly task: Task }
  | { readonly kind: "memory"; readonly id: number }
  /** The work of this number is not wanted any more. */
  | { readonly kind: "abort"; readonly id: number };

/** What a request ends with. */
export type Outcome =
  | { readonly model: ModelFacts; readonly backend: BackendFacts }
  | { readonly tensors: number; readonly bytes: number }
  | undefined;

/** From the worker to its page. */
export type FromWorker =
  | { readonly kind: "progress"; readonly progress: LoadProgress }
  | { readonly kind: "notice"; readonly words: string }
  | { readonly kind: "backend"; readonly backend: BackendFacts }
  /** The buffer of an ImageData, given away rather than copied. */
  | {
      readonly kind: "picture";
      readonly id: number;
      readonly index: number;
      readonly milliseconds: number;
      readonly resolution: number;
      readonly pixels: Uint8ClampedArray<ArrayBuffer>;
    }
  | { readonly kind: "done"; readonly id: number; readonly outcome: Outcome }
  | { readonly kind: "failed"; readonly id: number; readonly error: ErrorData };
