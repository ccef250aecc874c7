/**
 * biggan-port/web: pictures from an exported generator in a browser, in a worker, on the fastest back-end that is right.
 *
 * @example
 * import { loadGenerator } from "biggan-port/web";
 *
 * const generator = await loadGenerator("model/manifest.json", { onProgress: console.log });
 * const [picture] = await generator.generate({ class: "tench", seed: 7, truncation: 0.5 });
 * canvas.getContext("2d").putImageData(picture, 0, 0);
 */
export { loadGenerator, portModel } from "./client/load-generator.js";
export type * from "./types.js";
export { WebError, type WebErrorCode } from "./web-error.js";
