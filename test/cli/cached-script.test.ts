import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { runChild } from "../helpers/child.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

const SCRIPT = `(function (exports, require, __filename, load) {
const { basename } = require("node:path");
exports.twice = (number) => number * 2;
exports.name = basename(__filename);
exports.loaded = load("./other.js");
})`;

/** The script runs in a process of its own, as one that has compiled it knows it without the cache. What is compiled then is kept. */
async function run(folder: string, flag = "--opt") {
  const { code, output } = await runChild(
    folder,
    ["cli/cached-script.ts"],
    `import { setFlagsFromString } from "node:v8";
     import { runCached } from "./src/cli/cached-script.js";
     setFlagsFromString("${flag}");
     const file = new URL("code.cjs", import.meta.url);
     const { exports, isFromCache, keep } = runCached(file, async (specifier) => "loaded " + specifier);
     console.log(JSON.stringify({ ...exports, isFromCache, four: exports.twice(2), loaded: await exports.loaded }));
     keep();`,
  );
  expect(code).toBe(0);
  return JSON.parse(output);
}

async function folderWith(code: string) {
  const folder = await temporaryFolder();
  writeFileSync(join(folder, "code.cjs"), code);
  return folder;
}

const ANSWER = { name: "code.cjs", four: 4, loaded: "loaded ./other.js" };

it("runs a script, and the next time takes what V8 has compiled of it", async () => {
  const folder = await folderWith(SCRIPT);
  expect(await run(folder)).toEqual({ ...ANSWER, isFromCache: false });
  expect(await run(folder)).toEqual({ ...ANSWER, isFromCache: true });
});

const flipped = (place: number) => (cache: Uint8Array) => {
  const at = Math.floor(place * (cache.length - 1));
  return cache.map((byte, each) => (each === at ? byte ^ 0x10 : byte));
};

it.each([
  ["nothing", () => new Uint8Array()],
  ["something else", () => new TextEncoder().encode("no code of V8's")],
  ["half of it", (cache: Uint8Array) => cache.subarray(0, cache.length >> 1)],
  ["another digest", flipped(0)],
  ["a changed byte in the middle", flipped(0.5)],
  ["a changed byte at the end", flipped(1)],
])("reads the script itself when the cache holds %s", async (_, damage) => {
  const folder = await folderWith(SCRIPT);
  await run(folder);
  const cache = join(folder, "code.v8");
  writeFileSync(cache, damage(readFileSync(cache)));
  expect(await run(folder)).toEqual({ ...ANSWER, isFromCache: false });
});

it("refuses code that V8 has compiled with other flags", async () => {
  const folder = await folderWith(SCRIPT);
  await run(folder, "--no-opt");
  expect(await run(folder)).toEqual({ ...ANSWER, isFromCache: false });
});

it("reads a script that has changed, be it as long as before", async () => {
  const folder = await folderWith(SCRIPT);
  await run(folder);
  writeFileSync(join(folder, "code.cjs"), SCRIPT.replace("number * 2", "number * 3"));
  expect(await run(folder)).toEqual({ ...ANSWER, isFromCache: false, four: 6 });
});

it("the program starts from compiled code", () => {
  const program = new URL("../../dist/cli/main.js", import.meta.url).href;
  const question = `const { script } = await import(${JSON.stringify(program)}); console.log(script.isFromCache);`;
  const answer = execFileSync(process.execPath, ["--input-type=module", "-e", question], { encoding: "utf8" });
  expect(answer.trim()).toBe("true");
});
