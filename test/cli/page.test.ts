import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { builtPage } from "../../src/export/page.js";
import { readManifest } from "../../src/export/read-manifest.js";
import { verifyFolder } from "../../src/export/verify-folder.js";
import { createWorkspace, type Workspace } from "../../src/io/workspace.js";
import { golden } from "../helpers/golden.js";
import { bigganHere } from "../helpers/program.js";

/** 3 classes, z of 9 numbers: the smallest module there is. */
const MODULE = golden("modules/biggan-if.tar.gz");

let workspace: Workspace;
const at = (...path: string[]) => join(workspace.path, ...path);
beforeAll(async () => {
  workspace = await createWorkspace();
});
afterAll(() => workspace?.[Symbol.asyncDispose]());

const convert = (from: string, to: string, ...options: string[]) => bigganHere(["convert", from, "-o", to, ...options]);
const listed = async (folder: string) => (await readManifest(folder)).files.map(({ path }) => path);

it("an export with tfjs is a web page, as it was built, every file in the manifest", async () => {
  const { code, stdout, stderr } = await convert(MODULE, at("tfjs"));
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toContain(`Page      npx biggan-port serve ${at("tfjs")}`);
  await verifyFolder(at("tfjs"));
  const page = (await builtPage()) ?? [];
  expect(page.map(({ path }) => path)).toEqual(expect.arrayContaining(["index.html", "page/web.js", "sw.js"]));
  expect(await listed(at("tfjs"))).toEqual(expect.arrayContaining(page.map(({ path }) => path)));
  for (const { path, from } of page) {
    expect((await readFile(at("tfjs", path))).equals(await readFile(from)), path).toBe(true);
  }
});

it("--no-page leaves it out, and formats that no browser runs come without", async () => {
  for (const [name, ...options] of [
    ["without", "--no-page"],
    ["onnx", "--to", "onnx"],
    ["safetensors", "--to", "safetensors"],
  ] as const) {
    const { code, stdout } = await convert(MODULE, at(name), "--no-goldens", ...options);
    expect(code).toBe(0);
    expect(stdout).not.toContain("serve");
    expect(await readdir(at(name))).not.toContain("index.html");
  }
});

it("--page with ONNX alone brings onnxruntime-web's files along", async () => {
  const { code, stderr } = await convert(MODULE, at("onnx-page"), "--to", "onnx", "--page", "--no-goldens");
  expect([code, stderr]).toEqual([0, ""]);
  await verifyFolder(at("onnx-page"));
  expect(await listed(at("onnx-page"))).toEqual(
    expect.arrayContaining([
      "index.html",
      "onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs",
      "onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm",
      "onnxruntime-web/ort-wasm-simd-threaded.mjs",
      "onnxruntime-web/ort-wasm-simd-threaded.wasm",
      "onnxruntime-web/ort.wasm.min.mjs",
      "onnxruntime-web/ort.webgpu.min.mjs",
    ]),
  );
});

it("an export that is exported again has the page of this version", async () => {
  expect((await convert(at("without"), at("again"), "--no-goldens")).code).toBe(0);
  expect((await convert(at("tfjs"), at("twice"))).code).toBe(0);
  const ofPage = async (folder: string) =>
    (await readManifest(folder)).files.filter(({ path }) => !/^(tfjs\/|goldens)/.test(path));
  expect(await ofPage(at("again"))).toEqual(await ofPage(at("tfjs")));
  expect(await ofPage(at("twice"))).toEqual(await ofPage(at("tfjs")));
});

it.each([
  [
    MODULE,
    ["--to", "safetensors"],
    "--page: expected --to tfjs or onnx, which a browser can run, found --to safetensors",
  ],
  ["fixtures/pytorch/biggan-mini/D.pth", [], "--page: expected a generator, found a"],
  [MODULE, ["--to", "safetensors", "--names", "biggan-pytorch"], "--page: weights under other names"],
])("--page is refused in words where there can be none: %s %j", async (model, options, words) => {
  const { code, stderr } = await convert(model, at("refused"), "--page", ...options);
  expect(stderr).toContain(words);
  expect(code).toBe(2);
  expect(await readdir(workspace.path)).not.toContain("refused");
});
