/**
 * biggan-port: pretrained BigGAN and BigGAN-deep generators from TF Hub, on our own graphs. In browsers: `biggan-port/web`.
 *
 * @example
 * import { writeFile } from "node:fs/promises";
 * import { encodePng, openModel } from "biggan-port";
 *
 * await using generator = await openModel("biggan-deep-128.tar.gz");
 * const pictures = await generator.generate({ class: "golden retriever", seed: 0, truncation: 0.4, count: 3 });
 * for (const [index, picture] of pictures.entries()) await writeFile(`${index}.png`, encodePng(picture));
 *
 * @example
 * // The same with layers, on tensors:
 * const runtime = await openRuntime("tfjs-wasm", generator.graph, generator.parameters());
 * const z = sampleZ({ count: 1, zDim: generator.graph.zDim, truncation: 0.4, seed: 0 });
 * const y = oneHot([[{ index: 207, weight: 1 }]], generator.graph.classes);
 * const layers = await evaluate(runtime, { z, y, truncation: 0.4 }, { taps: ["block0"] });
 * layers.get("image"); // { shape: [1, 128, 128, 3], data } in [-1, 1]
 */
export { isPortError, PortError } from "./core/errors.js";
export type { Tensor } from "./core/tensor.js";
export { type BundleOptions, writeBundle } from "./export/bundle.js";
export { type Manifest, manifestSchema } from "./export/manifest.js";
export { builtPage, type PageFile } from "./export/page.js";
export { readManifest } from "./export/read-manifest.js";
export { exportTfjs } from "./export/tfjs.js";
export { verifyFolder } from "./export/verify-folder.js";
export { encodeNpz, parseNpz } from "./formats/npy/npz.js";
export { readNpz } from "./formats/npy/read-npz.js";
export type { PictureOptions } from "./generator/draw.js";
export { type OpenedModel, type OpenedModelOptions, openModel } from "./generator/open-generator.js";
export { encodePng, type Picture } from "./generator/picture.js";
export { type Graph, parameterCount } from "./graph/graph.js";
export { writeFile, writeFolder } from "./io/atomic-output.js";
export type { Model, OpenModelOptions } from "./mapping/model.js";
export { type GeneratorConfig, generatorGraph, publishedConfig } from "./models/generator.js";
export { openRuntime } from "./runtime/backends.js";
export { type EvaluationInputs, evaluate } from "./runtime/evaluate.js";
export type { Runtime } from "./runtime/runtime.js";
export { type ClassMix, oneHot, resolveClass } from "./sampling/class-mix.js";
export { interpolate } from "./sampling/interpolate.js";
export { findLabels } from "./sampling/labels-file.js";
export type { ModelFacts } from "./sampling/model-facts.js";
export { encodeGrid } from "./sampling/picture-grid.js";
export type { InterpolationRequest, PicturePoint, PictureRequest } from "./sampling/picture-request.js";
export { toPixels } from "./sampling/pixels.js";
export { sampleZ } from "./sampling/sample-z.js";
export { version } from "./version.js";
