import { createHash } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeBundle } from "../../src/export/bundle.js";
import { exportOnnx } from "../../src/export/onnx.js";
import { prepareFormats } from "../../src/export/prepare-formats.js";
import { type Model, openModel } from "../../src/mapping/open-model.js";
import { openRuntime } from "../../src/runtime/backends.js";
import { evaluate } from "../../src/runtime/evaluate.js";
import { layerOf } from "../../src/runtime/runtime.js";
import { findLabels } from "../../src/sampling/labels-file.js";
import {
  type InterpolationRequest,
  interpolationInputs,
  type PictureRequest,
  pictureInputs,
} from "../../src/sampling/picture-request.js";
import { toPixels } from "../../src/sampling/pixels.js";
import { fixture } from "./fixtures.js";

const MINI = fixture("biggan-mini.tar.gz");

/** The fixture, opened by Node's own code, with the names of its classes. */
export interface MiniModel {
  readonly model: Model;
  readonly labels: readonly string[] | undefined;
}

export async function openMini(): Promise<MiniModel> {
  const model = await openModel(MINI);
  return { model, labels: await findLabels(MINI, model.graph.classes) };
}

/** Exports it for browsers, in both formats, goldens included. */
export async function exportMini(folder: string, { model, labels }: MiniModel): Promise<void> {
  const formats = prepareFormats(model, { formats: ["tfjs", "onnx"] });
  await writeBundle(folder, model, { labels, formats, goldens: true });
}

/** Moves the weights of its ONNX model into a file of their own, as is done with large models. */
export async function moveOnnxWeights(folder: string, { model }: MiniModel): Promise<void> {
  const [prepared] = prepareFormats(model, { formats: ["onnx"] });
  if (prepared === undefined) throw new Error("one format");
  const written = await exportOnnx(prepared.graph, prepared.parameters, join(folder, "onnx"), { externalAbove: 0 });
  const paths = written.map(({ path }) => `onnx/${path}`);
  if (paths.length !== 2) throw new Error("two files");
  const files = paths.map(async (path) => ({ path, content: await readFile(join(folder, path)) }));
  await replaceFiles(folder, await Promise.all(files));
}

/** Cuts the one shard of a small tfjs export into several, so that there is something to interrupt. */
export async function cutShards(folder: string, count: number): Promise<readonly string[]> {
  const whole = "tfjs/group1-shard1of1.bin";
  const bytes = await readFile(join(folder, whole));
  const size = Math.ceil(bytes.length / count);
  const shards = Array.from({ length: count }, (_, index) => ({
    path: `tfjs/group1-shard${index + 1}of${count}.bin`,
    content: bytes.subarray(index * size, (index + 1) * size),
  }));
  await rm(join(folder, whole));
  for (const { path, content } of shards) await writeFile(join(folder, path), content);
  const model = JSON.parse(await readFile(join(folder, "tfjs/model.json"), "utf8"));
  model.weightsManifest[0].paths = shards.map(({ path }) => path.replace("tfjs/", ""));
  await replaceFiles(
    folder,
    [...shards, { path: "tfjs/model.json", content: Buffer.from(JSON.stringify(model)) }],
    whole,
  );
  return shards.map(({ path }) => path);
}

/** Writes files into an export and tells its manifest of them. */
export async function replaceFiles(
  folder: string,
  files: readonly { readonly path: string; readonly content: Uint8Array }[],
  without?: string,
): Promise<void> {
  const manifest = JSON.parse(await readFile(join(folder, "manifest.json"), "utf8"));
  const listed = new Map(manifest.files.map((file: { path: string }) => [file.path, file]));
  if (without !== undefined) listed.delete(without);
  for (const { path, content } of files) {
    await writeFile(join(folder, path), content);
    listed.set(path, { path, bytes: content.length, sha256: createHash("sha256").update(content).digest("hex") });
  }
  await writeFile(join(folder, "manifest.json"), JSON.stringify({ ...manifest, files: [...listed.values()] }));
}

/** What Node draws for the same requests: R * R * 3 numbers from 0 to 255 for each picture. */
export async function nodePictures(
  { model, labels }: MiniModel,
  request: PictureRequest | InterpolationRequest,
): Promise<readonly Uint8ClampedArray[]> {
  const { graph } = model;
  const about = { zDim: graph.zDim, classes: graph.classes, labels };
  const inputs = "from" in request ? interpolationInputs(request, about) : pictureInputs(request, about);
  await using runtime = await openRuntime("tfjs-wasm", graph, model.parameters());
  const image = layerOf(await evaluate(runtime, inputs), "image");
  const size = graph.resolution ** 2 * 3;
  const pixels = toPixels(image.data);
  return Array.from({ length: image.shape[0] ?? 0 }, (_, index) => pixels.subarray(index * size, (index + 1) * size));
}
