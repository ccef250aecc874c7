import { rm } from "node:fs/promises";
import path from "node:path";
import { expect } from "vitest";
import { toFloat64 } from "../../src/core/tensor.js";
import { readNpz } from "../../src/formats/npy/read-npz.js";
import type { GraphFacts } from "../../src/formats/tf-hub/graph-facts.js";
import { unpackTarGz } from "../../src/io/unpack-tar-gz.js";
import { type Model, type OpenModelOptions, openModel } from "../../src/mapping/open-model.js";
import { referenceCases } from "../../src/parity/cases.js";
import { difference } from "../../src/parity/measures.js";
import { moduleGraphOf } from "../../src/parity/module-graph.js";
import { openModuleRuntime } from "../../src/parity/module-runtime.js";
import { evaluate } from "../../src/runtime/evaluate.js";
import { openReference } from "../../src/runtime/reference/open-reference.js";
import { layerOf } from "../../src/runtime/runtime.js";
import { rewriteCheckpoint, type StoredTensor } from "../helpers/checkpoint-editor.js";
import { golden } from "../helpers/golden.js";
import { bigganHere } from "../helpers/program.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

/** As usual in every way: statistics assigned in a conditional, names and shapes as published. BigGAN and BigGAN-deep. */
export const USUAL = ["biggan-if", "deep-refvars"] as const;

export const EMA = /\/ema_[^/]+$/;

export const renamed = (rename: (name: string) => string) => (tensor: StoredTensor) => ({
  ...tensor,
  name: rename(tensor.name),
});

/** Without axes of one; matrices and filters as they are. */
export const squeezed = (tensor: StoredTensor) =>
  /\/w(\/ema_[^/]+)?$/.test(tensor.name) ? tensor : { ...tensor, shape: tensor.shape.filter((extent) => extent !== 1) };

export const archive = (name: string) => golden(`${name.includes("/") ? name : `modules/${name}`}.tar.gz`);

/** A tiny module that TensorFlow wrote, unpacked to be changed: scripts/fixtures/small_modules.py. */
export async function unpacked(name: string): Promise<string> {
  const folder = path.join(await temporaryFolder(), path.basename(name));
  await unpackTarGz(archive(name), folder);
  return folder;
}

/** The module with its checkpoint written anew, each tensor as `change` makes it; `undefined` leaves it out. */
export async function changed(
  name: string,
  change: (tensor: StoredTensor) => StoredTensor | undefined,
  added: readonly StoredTensor[] = [],
): Promise<string> {
  const folder = await unpacked(name);
  await rewriteCheckpoint(folder, (tensors) => [...tensors.flatMap((tensor) => change(tensor) ?? []), ...added]);
  return folder;
}

export async function withoutGraph(folder: string): Promise<string> {
  await rm(path.join(folder, "saved_model.pb"));
  return folder;
}

/** All parameters as the graph gets them. The mapping must fit. */
export async function parametersOf(file: string, options: OpenModelOptions = {}): Promise<Map<string, Float64Array>> {
  await using model = await openModel(file, options);
  return await valuesOf(model);
}

export async function valuesOf(model: Model): Promise<Map<string, Float64Array>> {
  const source = model.parameters();
  const values = new Map<string, Float64Array>();
  for (const name of model.graph.parameters.keys()) values.set(name, toFloat64(await source.read(name)));
  return values;
}

/** The changed module gives the very numbers of the unchanged one. */
export async function expectSameParameters(folder: string, name: string): Promise<void> {
  expect(await parametersOf(folder)).toEqual(await parametersOf(archive(name)));
}

/** Float32 in TensorFlow, the bound of test/parity/oracles/modules.test.ts. */
const IMAGE_BOUND = 5e-5;

/** The port makes TensorFlow's pictures of this module: nothing but rounding between them, at five truncations. */
export async function expectPicturesOfTensorFlow(name: string, options: OpenModelOptions = {}): Promise<void> {
  await using model = await openModel(archive(name), options);
  const file = archive(name).replace(".tar.gz", ".reference.npz");
  const { inputs, layers } = referenceCases(file, await readNpz(file));
  await using runtime = await openReference(model.graph, model.parameters());
  const pictures = layerOf(await evaluate(runtime, inputs), "image");
  expect(difference(layerOf(layers, "image"), pictures).maxAbs).toBeLessThan(IMAGE_BOUND);
}

/** Float64 on both sides. */
const FLOAT64_BOUND = 1e-9;

/** The module's own graph and ours make the same pictures of so many rows at once. */
export async function expectPicturesOfModule(model: Model, rows: number): Promise<void> {
  const { graph, parameters } = model;
  const theirGraph = await moduleGraphOf(model);
  if (theirGraph === undefined) throw new Error("no graph");
  const matrix = (width: number) => ({
    shape: [rows, width],
    data: Float64Array.from({ length: rows * width }, (_, i) => Math.sin(i)),
  });
  const inputs = { z: matrix(graph.zDim), y: matrix(graph.classes), truncation: 0.5 };
  await using theirs = await openModuleRuntime(theirGraph);
  await using ours = await openReference(graph, parameters());
  const [a, b] = [layerOf(await theirs.run(inputs), "image"), layerOf(await ours.run(inputs), "image")];
  expect(a.shape[0]).toBe(rows);
  expect(difference(a, b).maxAbs).toBeLessThan(FLOAT64_BOUND);
}

/** The command line answers with this exit code and, on either stream, this text. */
export async function expectAnswer(args: readonly string[], code: number, text: string | RegExp): Promise<void> {
  const { code: found, stdout, stderr } = await bigganHere(args);
  expect(stdout + stderr).toMatch(text);
  expect(found).toBe(code);
}

/** What the module's graph tells. */
export function factsOf(model: Model): GraphFacts {
  const facts = model.module?.facts;
  if (facts === undefined) throw new Error(`${model.file} has no graph`);
  return facts;
}
