import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Tensor } from "../../src/core/tensor.js";
import { writeBundle } from "../../src/export/bundle.js";
import { boundOfQuality, roundedUp } from "../../src/export/golden-bound.js";
import type { Manifest, WebFormat } from "../../src/export/manifest.js";
import { type PreparedFormat, prepareFormats } from "../../src/export/prepare-formats.js";
import { readManifest } from "../../src/export/read-manifest.js";
import { verifyFolder } from "../../src/export/verify-folder.js";
import { readNpz } from "../../src/formats/npy/read-npz.js";
import { createWorkspace, type Workspace } from "../../src/io/workspace.js";
import { type Model, openModel } from "../../src/mapping/open-model.js";
import { difference } from "../../src/parity/measures.js";
import { planInt8Compute } from "../../src/precision/int8-compute.js";
import { planFor } from "../../src/precision/plan-for.js";
import { evaluate } from "../../src/runtime/evaluate.js";
import { openOnnxFile } from "../../src/runtime/native/open-onnx.js";
import { layerOf, type Runtime } from "../../src/runtime/runtime.js";
import { openTfjsFolder } from "../../src/runtime/tfjs/open-tfjs.js";
import type { Precision } from "../../src/storage/plan.js";
import { fixture } from "../helpers/fixtures.js";
import { golden } from "../helpers/golden.js";

let workspace: Workspace;
let model: Model;
beforeAll(async () => {
  workspace = await createWorkspace();
  model = await openModel(fixture("biggan-mini.tar.gz"));
});
afterAll(async () => {
  await model?.[Symbol.asyncDispose]();
  await workspace?.[Symbol.asyncDispose]();
});

async function exported(name: string, formats: readonly PreparedFormat[], truncation?: number) {
  const folder = join(workspace.path, name);
  await mkdir(folder);
  const manifest = await writeBundle(folder, model, { formats, truncation });
  expect(await verifyFolder(folder)).toEqual({ ...manifest, files: expect.anything() });
  return { folder, formats, manifest };
}

type Exported = Awaited<ReturnType<typeof exported>>;

async function arraysOf(folder: string): Promise<(name: string) => Tensor> {
  const arrays = await readNpz(join(folder, "goldens.npz"));
  return (name) => {
    const array = arrays.get(name);
    if (array === undefined) throw new Error(`no ${name}`);
    return array;
  };
}

/** What the written files draw of the golden inputs, on the library that a browser would run: its largest difference, in bounds. */
async function partOfBound({ folder, formats, manifest }: Exported, format: WebFormat): Promise<number> {
  const record = manifest.goldens?.formats?.[format];
  const graph = formats.find((each) => each.format === format)?.graph;
  if (record === undefined || graph === undefined) throw new Error(`${format}: no bound`);
  const array = await arraysOf(folder);
  await using runtime: Runtime =
    format === "tfjs"
      ? await openTfjsFolder(graph, join(folder, "tfjs"), { backend: "tfjs-wasm" })
      : await openOnnxFile(graph, join(folder, "onnx", "model.onnx"), { backend: "ort-cpu" });
  const truncation = Array.from(array("truncation").data);
  const found = layerOf(await evaluate(runtime, { z: array("z"), y: array("y"), truncation }), "image");
  return difference(array(record.image), found).maxAbs / record.bound;
}

const both = (truncation?: number) => prepareFormats(model, { formats: ["tfjs", "onnx"], truncation });

async function stored(dtype: Precision): Promise<PreparedFormat[]> {
  const planned = both().map(async (format) => {
    const precision = await planFor(format.graph, format.parameters, { dtype }, { backend: "tfjs-wasm", samples: 2 });
    return { ...format, precision };
  });
  return await Promise.all(planned);
}

const imagesOf = ({ goldens }: Manifest) => [goldens?.formats?.tfjs?.image, goldens?.formats?.onnx?.image];

describe("each format that a browser runs has a bound, which its files keep with room to spare", () => {
  it.each([
    ["in float32", undefined],
    ["with one truncation baked in", 0.5],
  ] as const)("%s: both share the pictures of the model", async (name, truncation) => {
    const found = await exported(name, both(truncation), truncation);
    expect(imagesOf(found.manifest)).toEqual(["image", "image"]);
    const bound = found.manifest.goldens?.formats?.tfjs?.bound ?? 0;
    expect(bound).toBeLessThan(2e-4);
    expect(bound).toBeGreaterThan(2e-6);
    for (const format of ["tfjs", "onnx"] as const) {
      const part = await partOfBound(found, format);
      expect(part).toBeGreaterThan(0.005);
      expect(part).toBeLessThan(0.8);
    }
  });

  it.each(["float16", "int8"] as const)("stored in %s: pictures of the weights as they are stored", async (dtype) => {
    const found = await exported(dtype, await stored(dtype));
    expect(imagesOf(found.manifest)).toEqual(["image/tfjs", "image/onnx"]);
    expect(found.manifest.goldens?.formats?.tfjs?.bound).toBeLessThan(2e-4);
    for (const format of ["tfjs", "onnx"] as const) expect(await partOfBound(found, format)).toBeLessThan(0.8);
    const array = await arraysOf(found.folder);
    // Not those of the float32 weights, from which the format's files are far outside the bound.
    expect(difference(array("image"), array("image/tfjs")).maxAbs).toBeGreaterThan(2e-4);
  });

  it("computing in int8: what the worst of the measured pictures lets expect", async () => {
    const [format] = prepareFormats(model, {
      formats: ["onnx"],
      passes: "default,-upsample-as-taps,upsample-as-phases",
    });
    if (format === undefined) throw new Error("no format");
    const precision = await planInt8Compute(format.graph, format.parameters, { quality: 35, samples: 12 });
    const found = await exported("compute", [{ ...format, precision, compute: precision.compute }]);
    expect(found.manifest.goldens?.formats?.onnx?.image).toBe("image");
    const part = await partOfBound(found, "onnx");
    expect(part).toBeGreaterThan(0.05);
    expect(part).toBeLessThan(0.9);
  });
});

it("an export without a format for browsers, and a discriminator, have none; neither have those of earlier versions", async () => {
  const plain = await exported("plain", prepareFormats(model, { formats: ["safetensors"] }));
  expect(plain.manifest.goldens).toEqual({ file: "goldens.npz", cases: 3 });
  expect((await readManifest(plain.folder)).goldens).toEqual(plain.manifest.goldens);

  await using discriminator = await openModel(golden("discriminators/plain.pth"));
  const folder = join(workspace.path, "discriminator");
  await mkdir(folder);
  const { goldens } = await writeBundle(folder, discriminator);
  expect(goldens).toEqual({ file: "goldens.npz", cases: 3 });
});

it("the same export has the same bounds and bytes", async () => {
  const { manifest } = await exported("first", both());
  expect((await exported("second", both())).manifest).toEqual(manifest);
});

it("bounds are rounded up to two digits, and never wider than black and white are apart", () => {
  expect([4.7718e-5, 4.8e-5, 0.999, 1e-12, 0].map(roundedUp)).toEqual([4.8e-5, 4.8e-5, 1, 1e-12, 0]);
  expect(boundOfQuality(0, 1e-5)).toBe(2);
  expect(boundOfQuality(150, 1e-5)).toBe(1e-5);
  expect(boundOfQuality(40, 1e-5)).toBeCloseTo(20 * 0.02, 12);
});
