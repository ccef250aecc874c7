import { appendFile, cp, mkdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type PageServer, startPageServer } from "../../../src/cli/serve/server.js";
import { writeBundle } from "../../../src/export/bundle.js";
import { builtPage } from "../../../src/export/page.js";
import { prepareFormats } from "../../../src/export/prepare-formats.js";
import { createWorkspace, type Workspace } from "../../../src/io/workspace.js";
import { openModel } from "../../../src/mapping/open-model.js";
import { fixture } from "../../helpers/fixtures.js";
import { golden } from "../../helpers/golden.js";

let workspace: Workspace;
let server: PageServer;
const at = (...path: string[]) => join(workspace.path, ...path);
const get = (path: string, headers: Record<string, string> = {}, method = "GET") =>
  fetch(server.address + path, { headers, method });

async function exported(name: string, options: { formats: ("tfjs" | "onnx" | "safetensors")[]; page?: boolean }) {
  await using model = await openModel(golden("modules/biggan-if.tar.gz"));
  await mkdir(at(name));
  const page = options.page === true ? await builtPage() : undefined;
  await writeBundle(at(name), model, { formats: prepareFormats(model, options), page, goldens: false });
  return at(name);
}

beforeAll(async () => {
  workspace = await createWorkspace();
  const folder = await exported("export", { formats: ["tfjs", "onnx"], page: true });
  await writeFile(join(folder, "secret.txt"), "not in the manifest");
  await writeFile(at("outside.txt"), "not in the folder");
  server = await startPageServer(folder, 0);
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await workspace?.[Symbol.asyncDispose]();
});

it("sends the page and the model, isolated and with their types", async () => {
  expect(server.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  for (const [path, type, file] of [
    ["", "text/html; charset=utf-8", "index.html"],
    ["index.html?seed=3", "text/html; charset=utf-8", "index.html"],
    ["sw.js", "text/javascript", "sw.js"],
    ["page/web.js", "text/javascript", "page/web.js"],
    ["manifest.json", "application/json", "manifest.json"],
    ["tfjs/model.json", "application/json", "tfjs/model.json"],
    ["tfjs/group1-shard1of1.bin", "application/octet-stream", "tfjs/group1-shard1of1.bin"],
  ] as const) {
    const response = await get(path);
    expect(response.status, path).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": type,
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-embedder-policy": "require-corp",
      "cross-origin-resource-policy": "same-origin",
      "cache-control": "no-cache",
    });
    expect(Buffer.from(await response.arrayBuffer()).equals(await readFile(at("export", file))), path).toBe(true);
  }
  const wasm = (await builtPage())?.find(({ path }) => path.endsWith(".wasm"));
  expect((await get(wasm?.path ?? "")).headers.get("content-type")).toBe("application/wasm");
});

it("sends onnxruntime-web from the installed package, for the export has ONNX", async () => {
  const response = await get("onnxruntime-web/ort.wasm.min.mjs");
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("text/javascript");
  expect((await get("onnxruntime-web/package.json")).status).toBe(404);
});

/** `fetch` would tidy the path up before it asks. */
function rawStatus(path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request({ host: "127.0.0.1", port: server.port, path }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on("error", reject)
      .end();
  });
}

it.each([
  "/secret.txt",
  "/tfjs",
  "/tfjs/",
  "/../outside.txt",
  "/%2e%2e/outside.txt",
  "/tfjs/../../outside.txt",
  "/..%2foutside.txt",
  "/..%5coutside.txt",
  "//etc/passwd",
  "/%00",
  "/%E0%A4%A",
  "/tfjs/model.json/",
  "/__proto__",
])("answers 404 to what is not of the export: %s", async (path) => {
  expect(await rawStatus(path)).toBe(404);
});

it("says what a file is without sending it, and answers nothing but GET and HEAD", async () => {
  const head = await get("tfjs/model.json", {}, "HEAD");
  const { byteLength } = await readFile(at("export", "tfjs", "model.json"));
  expect([head.status, head.headers.get("content-length")]).toEqual([200, `${byteLength}`]);
  expect((await head.arrayBuffer()).byteLength).toBe(0);
  const post = await get("tfjs/model.json", {}, "POST");
  expect([post.status, post.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
});

it("sends ranges of bytes", async () => {
  const path = "tfjs/group1-shard1of1.bin";
  const bytes = await readFile(at("export", path));
  const part = await get(path, { range: "bytes=100-199" });
  expect([part.status, part.headers.get("content-range")]).toEqual([206, `bytes 100-199/${bytes.length}`]);
  expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(100, 200))).toBe(true);
  const end = await get(path, { range: "bytes=-7" });
  expect(Buffer.from(await end.arrayBuffer()).equals(bytes.subarray(-7))).toBe(true);
  const beyond = await get(path, { range: `bytes=${bytes.length}-` });
  expect([beyond.status, beyond.headers.get("content-range")]).toEqual([416, `bytes */${bytes.length}`]);
  const etag = part.headers.get("etag") ?? "";
  expect((await get(path, { range: "bytes=0-9", "if-range": etag })).status).toBe(206);
  expect((await get(path, { range: "bytes=0-9", "if-range": '"other"' })).status).toBe(200);
});

it("names each file by its hash, and sends none that the browser has", async () => {
  const { sha256 } = server.folder.files.get("tfjs/model.json")?.listed ?? { sha256: "" };
  const first = await get("tfjs/model.json");
  expect(first.headers.get("etag")).toBe(`"${sha256}"`);
  expect((await get("tfjs/model.json", { "if-none-match": `"x", W/"${sha256}"` })).status).toBe(304);
  expect((await get("tfjs/model.json", { "if-none-match": '"x"' })).status).toBe(200);
  const manifest = await get("manifest.json");
  expect((await get("manifest.json", { "if-none-match": manifest.headers.get("etag") ?? "" })).status).toBe(304);
});

it("notices that the folder has been exported again, and that a file has changed", async () => {
  const folder = await exported("replaced", { formats: ["tfjs"], page: true });
  await using replaced = await startPageServer(folder, 0);
  const tagOf = async (path: string) => (await fetch(replaced.address + path)).headers.get("etag");
  const before = await tagOf("tfjs/model.json");
  await rename(folder, at("old"));
  await exported("replaced", { formats: ["onnx", "tfjs"] });
  expect((await fetch(`${replaced.address}onnx/model.onnx`)).status).toBe(200);
  expect(await tagOf("tfjs/model.json")).toBe(before);
  await appendFile(join(folder, "tfjs", "model.json"), " ");
  expect(await tagOf("tfjs/model.json")).toMatch(/^W\//);
  await rm(join(folder, "tfjs", "model.json"));
  const gone = await fetch(`${replaced.address}tfjs/model.json`);
  expect([gone.status, await gone.text()]).toEqual([404, "this file cannot be read\n"]);
});

it("gives an export without a page this program's", async () => {
  await using plain = await startPageServer(await exported("plain", { formats: ["tfjs"] }), 0);
  expect(plain.folder.page).toBe("program");
  const page = await fetch(plain.address);
  const built = (await builtPage())?.find(({ path }) => path === "index.html");
  expect(await page.text()).toBe(await readFile(built?.from ?? "", "utf8"));
  expect((await fetch(`${plain.address}onnxruntime-web/ort.wasm.min.mjs`)).status).toBe(404);
});

it("refuses in words what it cannot show", async () => {
  const refused = (folder: string) => startPageServer(folder, 0).then((started) => started.address);
  await expect(refused(workspace.path)).rejects.toMatchObject({
    code: "format",
    message: expect.stringMatching(/: manifest\.json: expected an exported folder, found none$/),
    hint: expect.stringContaining("biggan-port convert MODEL -o DIR --to tfjs"),
  });
  await expect(refused(at("nothing"))).rejects.toMatchObject({ code: "format" });
  await expect(refused(fixture("biggan-mini.tar.gz"))).rejects.toMatchObject({ code: "format" });
  await expect(refused(await exported("weights", { formats: ["safetensors"] }))).rejects.toMatchObject({
    code: "usage",
    message: expect.stringContaining("expected an export with tfjs or onnx"),
  });
  await using judge = await openModel(fixture("pytorch/biggan-mini/D.pth"));
  await mkdir(at("judge"));
  await writeBundle(at("judge"), judge, { goldens: false });
  await expect(refused(at("judge"))).rejects.toMatchObject({
    code: "usage",
    message: expect.stringContaining("expected a generator, found a discriminator"),
  });
});

it("refuses an export that was cut short, or that leads out of its folder", async () => {
  const folder = await exported("damaged", { formats: ["tfjs"] });
  const shard = join(folder, "tfjs", "group1-shard1of1.bin");
  const bytes = await readFile(shard);
  await writeFile(shard, bytes.subarray(1));
  await expect(startPageServer(folder, 0)).rejects.toThrow(/group1-shard1of1\.bin: size: expected/);
  await writeFile(shard, bytes);
  await cp(join(folder, "tfjs"), at("elsewhere"), { recursive: true });
  await rm(join(folder, "tfjs"), { recursive: true });
  await symlink(at("elsewhere"), join(folder, "tfjs"));
  await expect(startPageServer(folder, 0)).rejects.toThrow(/expected a file inside the export's folder, found a link/);
});

it("says which port is in use", async () => {
  await expect(startPageServer(at("export"), server.port)).rejects.toMatchObject({
    code: "usage",
    message: `--port ${server.port}: cannot be listened on: it is in use`,
    hint: "Name another, or take any that is free: --port 0",
  });
});
