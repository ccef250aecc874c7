import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openModel } from "../../src/mapping/open-model.js";
import { withoutFolder } from "../../src/mapping/without-folder.js";
import { fixture } from "../helpers/fixtures.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

it.each([
  ["/home/me/G.pth: assumed this", "/home/me/G.pth", "G.pth: assumed this"],
  ["/home/me/config.json: eps: expected a number", "/home/me/G.pth", "config.json: eps: expected a number"],
  ["/home/me/module/saved_model.pb: none", "/home/me/module/", "module/saved_model.pb: none"],
  ["./G.pth: assumed this", "./G.pth", "G.pth: assumed this"],
  ["../models/G.pth: assumed this", "..//models/G.pth", "G.pth: assumed this"],
  ["/G.pth: assumed this", "/G.pth", "G.pth: assumed this"],
  ["G.pth: assumed this", "G.pth", "G.pth: assumed this"],
  ["variables: none", "/home/me/G.pth", "variables: none"],
])("%s of %s is %s", (words, file, wanted) => {
  expect(withoutFolder([words], file)).toEqual([wanted]);
});

it("a model's warnings name no folder of the machine that it was opened on", async () => {
  const folder = join(await temporaryFolder(), "some where");
  await mkdir(folder);
  const file = join(folder, "G.pth");
  await copyFile(fixture("pytorch/biggan-mini/G_ema.pth"), file);
  await writeFile(join(folder, "config.json"), "no JSON");
  await using model = await openModel(file);
  expect(model.warnings.length).toBeGreaterThan(1);
  for (const warning of model.warnings) expect(warning).toMatch(/^(G\.pth|config\.json): /);
});
