import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PNG } from "pngjs";
import { writeBundle } from "../../src/export/bundle.js";
import { exportOnnx } from "../../src/export/onnx.js";
import { builtPage } from "../../src/export/page.js";
import { prepareFormats } from "../../src/export/prepare-formats.js";
import { exportTfjs } from "../../src/export/tfjs.js";
import { type Model, openModel } from "../../src/mapping/open-model.js";
import { derivedParameters } from "../../src/passes/derived-parameters.js";
import { defaultPasses } from "../../src/passes/registry.js";
import { runPasses } from "../../src/passes/run-passes.js";
import { openReference } from "../../src/runtime/reference/open-reference.js";
import { layerOf } from "../../src/runtime/runtime.js";
import { oneHot } from "../../src/sampling/class-mix.js";
import { toPixels } from "../../src/sampling/pixels.js";
import { sampleZ } from "../../src/sampling/sample-z.js";
import { fixture } from "../helpers/fixtures.js";

/** What the tests ask the examples to draw. */
export const PICTURE = { label: 2, seed: 3, truncation: 0.6 } as const;

/** Ten, as the model has classes. */
const LABELS = Array.from({ length: 10 }, (_, index) => `thing ${index}`);

export interface ExportedMini extends AsyncDisposable {
  /** An export with goldens, class names and the page. */
  readonly folder: string;
  /** One with the truncation of {@link PICTURE} baked in, without goldens. */
  readonly baked: string;
  /** The picture of the float64 reference, 8 bits a channel. */
  readonly pixels: Uint8ClampedArray;
}

/** Exports of the small BigGAN, as tfjs and ONNX, gone when disposed. */
export async function exportMini(): Promise<ExportedMini> {
  const parent = await mkdtemp(join(tmpdir(), "biggan-port-examples-"));
  const [folder, baked] = [join(parent, "export"), join(parent, "baked")];
  await using model = await openModel(fixture("biggan-mini.tar.gz"));
  await mkdir(folder);
  const formats = prepareFormats(model, { formats: ["tfjs", "onnx"] });
  await writeBundle(folder, model, { formats, labels: LABELS, page: await builtPage() });
  for (const [target, write] of [
    ["tfjs", exportTfjs],
    ["onnx", exportOnnx],
  ] as const) {
    const { graph, derived } = runPasses(model.graph, defaultPasses(target), PICTURE);
    await mkdir(join(baked, target), { recursive: true });
    await write(graph, derivedParameters(model.parameters(), derived), join(baked, target));
  }
  const pixels = await referencePixels(model);
  return { folder, baked, pixels, [Symbol.asyncDispose]: () => rm(parent, { recursive: true, force: true }) };
}

async function referencePixels({ graph, parameters }: Model): Promise<Uint8ClampedArray> {
  const { label, seed, truncation } = PICTURE;
  await using reference = await openReference(graph, parameters());
  const z = sampleZ({ count: 1, zDim: graph.zDim, truncation, seed });
  const y = oneHot([[{ index: label, weight: 1 }]], graph.classes);
  return toPixels(layerOf(await reference.run({ z, y, truncation }), "image").data);
}

/** Runs an example and reads its picture: exit code, what it printed, red, green and blue of each pixel. */
export async function draw(program: string, script: string, folder: string) {
  const output = join(folder, "picture.png");
  const { label, seed, truncation } = PICTURE;
  const options = [`--class=${label}`, `--seed=${seed}`, `--truncation=${truncation}`, "-o", output];
  const child = spawn(program, [script, folder, ...options], { stdio: ["ignore", "pipe", "pipe"] });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
  if (code !== 0) throw new Error(`${script}: exit ${code}\n${printed}`);
  const { data } = PNG.sync.read(await readFile(output));
  return { printed, pixels: data.filter((_, index) => index % 4 !== 3) };
}

/** PSNR and largest difference that an example says of the goldens. */
export function saidOfGoldens(printed: string): { decibels: number; largest: number } {
  const said = /goldens: 3 pictures, PSNR ([\d.]+) dB at worst, largest difference ([\d.]+e[+-]\d+)/.exec(printed);
  return { decibels: Number(said?.[1]), largest: Number(said?.[2]) };
}

/** Largest difference of two pictures in 8 bits; infinite when their sizes differ. */
export function largestStep(wanted: Uint8ClampedArray, found: Uint8Array): number {
  if (wanted.length !== found.length) return Number.POSITIVE_INFINITY;
  return wanted.reduce((most, value, at) => Math.max(most, Math.abs(value - (found[at] ?? 0))), 0);
}
