import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readManifest } from "../../src/export/read-manifest.js";
import { verifyFolder } from "../../src/export/verify-folder.js";
import { readNpz } from "../../src/formats/npy/read-npz.js";
import { createWorkspace, type Workspace } from "../../src/io/workspace.js";
import { golden } from "../helpers/golden.js";
import { bigganHere } from "../helpers/program.js";

/** 3 classes, z of 9 numbers: the smallest module there is. */
const MODULE = golden("modules/biggan-if.tar.gz");
/** TensorFlow's pictures, at truncation 0.5 among others. */
const REFERENCE = golden("modules/biggan-if.reference-taps.npz");

let workspace: Workspace;
const at = (...path: string[]) => join(workspace.path, ...path);

beforeAll(async () => {
  workspace = await createWorkspace();
});

afterAll(() => workspace[Symbol.asyncDispose]());

async function convert(name: string, ...options: string[]): Promise<string> {
  const { code, stdout, stderr } = await bigganHere(["convert", MODULE, "-o", at(name), ...options]);
  expect(stderr).toBe("");
  expect(code).toBe(0);
  return stdout;
}

/** The largest difference of a picture from TensorFlow's. */
async function offBy(model: string, backend: string): Promise<number> {
  const output = at("out.npz");
  const run = ["run", model, "--inputs", REFERENCE, "--output", output, "--backend", backend];
  expect((await bigganHere(run)).code).toBe(0);
  const wanted = (await readNpz(REFERENCE)).get("image")?.data ?? [];
  const found = (await readNpz(output)).get("image")?.data ?? [];
  return Math.max(...Array.from(wanted, (value, index) => Math.abs(value - (found[index] ?? Number.NaN))));
}

it("writes all three formats in one folder, each rewritten in its own way, and says what that saved", async () => {
  const said = await convert("all", "--to", "tfjs,onnx,safetensors", "--no-page");
  expect(said).toMatch(/tfjs: rewrite +multiply-adds saved +bytes saved/);
  expect(said).toMatch(/onnx: rewrite/);
  const manifest = await verifyFolder(at("all"));
  expect(manifest.files.map(({ path }) => path)).toEqual([
    "goldens.npz",
    "onnx/model.onnx",
    "tfjs/group1-shard1of1.bin",
    "tfjs/model.json",
    "weights.safetensors",
  ]);
  expect(Object.keys(manifest.passes ?? {}).sort()).toEqual(["onnx", "tfjs"]);
  for (const [model, backend] of [
    [at("all", "tfjs"), "tfjs-wasm"],
    [at("all", "onnx", "model.onnx"), "ort-cpu"],
    [at("all", "weights.safetensors"), "reference"],
  ] as const) {
    expect(await offBy(model, backend), model).toBeLessThan(5e-5);
  }
});

it("bakes one truncation in", async () => {
  await convert("baked", "--to", "tfjs,onnx,safetensors", "--truncation", "0.5");
  const { model, passes } = await readManifest(at("baked"));
  expect(model.truncation).toEqual({ kind: "baked", value: 0.5 });
  expect(passes?.safetensors).toEqual(["bake-truncation"]);
  expect(await offBy(at("baked"), "tfjs-wasm")).toBeLessThan(5e-5);
  const goldens = await readNpz(at("baked", "goldens.npz"));
  expect([...(goldens.get("truncation")?.data ?? [])]).toEqual([0.5, 0.5, 0.5]);
});

it("leaves rewrites out", async () => {
  expect(await convert("plain", "--passes", "none")).not.toContain("rewrite");
  expect((await readManifest(at("plain"))).passes).toBeUndefined();
});

it.each([
  ["float16", 0.53, 55],
  ["int8", 0.4, 30],
] as const)("stores %s, and says what that cost on 64 samples or more", async (dtype, part, decibels) => {
  expect(await convert(dtype, "--dtype", dtype)).toContain("fresh samples");
  const precision = (await readManifest(at(dtype))).precision?.tfjs;
  expect((precision?.bytes ?? 0) / (precision?.float32Bytes ?? 1)).toBeLessThan(part);
  expect(precision?.quality?.samples).toBeGreaterThanOrEqual(64);
  expect(precision?.quality?.psnr.overall).toBeGreaterThan(decibels);
  expect(await offBy(at(dtype), "tfjs-wasm")).toBeLessThan(0.3);
});

it("refuses a quality that cannot be met with the best it reached, and leaves nothing", async () => {
  const refused = await bigganHere(["convert", MODULE, "-o", at("unmet"), "--quality", "500dB"]);
  expect(refused.code).toBe(6);
  expect(refused.stderr).toMatch(/--quality 500dB: cannot be met: the best that any reduced export reached is \d+/);
  expect(await readdir(workspace.path)).not.toContain("unmet");
});

it("does not rewrite what is rewritten already", async () => {
  await convert("once");
  const again = await bigganHere(["convert", at("once"), "-o", at("twice"), "--truncation", "0.5"]);
  expect(again.code).toBe(2);
  expect(again.stderr).toContain("--truncation: ");
  expect((await bigganHere(["convert", at("once"), "-o", at("twice")])).code).toBe(0);
  const [first, second] = [await readManifest(at("once")), await readManifest(at("twice"))];
  // The golden pictures are computed anew, from weights that were rounded after the rewrites and not before.
  const weights = ({ files }: typeof first) => files.filter(({ path }) => path.startsWith("tfjs/"));
  expect(weights(second)).toEqual(weights(first));
  // So is what float32 may be off them: the rewritten graph rounds elsewhere.
  const [bound = 0, boundAgain = 0] = [first, second].map(({ goldens }) => goldens?.formats?.tfjs?.bound ?? 0);
  expect(boundAgain / bound).toBeCloseTo(1, 0);
  expect({ ...second, files: [], goldens: {} }).toEqual({ ...first, files: [], goldens: {} });
});

it("shows what each stage cost, and writes it down when asked", async () => {
  const timed = await bigganHere(["convert", MODULE, "-o", at("timed"), "--timings"]);
  expect(timed.stderr).toMatch(/stage +time +bytes +rate/);
  expect(Object.keys((await readManifest(at("timed"))).timings ?? {})).toEqual(
    expect.arrayContaining(["inflate", "CRC-32C", "spectral norm", "SHA-256", "write"]),
  );
});
