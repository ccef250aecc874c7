import { readdirSync } from "node:fs";
import { basename } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isPortError } from "../../../src/core/errors.js";
import { openModel } from "../../../src/mapping/open-model.js";
import { brokenFixtures } from "../../helpers/broken.js";
import { fixture } from "../../helpers/fixtures.js";
import { golden } from "../../helpers/golden.js";
import { openPortingPage, type PortingPage } from "./port-in-browser.js";
import type { PageTask } from "./port-page.js";

let page: PortingPage;
beforeAll(async () => {
  page = await openPortingPage();
});
afterAll(async () => {
  await page[Symbol.asyncDispose]();
});

/** How opening the same file fails in Node, the file called by its name alone, as a dropped file is. */
async function refusalInNode(path: string) {
  try {
    await using model = await openModel(path);
    for (const name of model.graph.parameters.keys()) await model.parameters().read(name);
    return undefined;
  } catch (error) {
    if (!isPortError(error)) throw error;
    return { code: error.code, message: plain(error.message.replaceAll(path, basename(path))), hint: error.hint };
  }
}

/** Without the folder that an archive was unpacked into. */
const plain = (words: string) => words.replaceAll(/\/(tmp|scratch)\/biggan-port-[^/]+\//g, "");

async function refusalInBrowser(files: PageTask["files"]) {
  const answer = await page.port({ files });
  if (!("refused" in answer)) return answer;
  return { ...answer.refused, message: plain(answer.refused.message) };
}

async function expectSameRefusal(name: string): Promise<void> {
  const refused = await refusalInNode(fixture(`broken/${name}`));
  expect(refused, name).toBeDefined();
  expect(await refusalInBrowser([{ url: `/fixtures/broken/${name}`, path: basename(name) }]), name).toEqual(refused);
}

/** Some of a folder's files, spread over its list. */
function some(folder: string, count: number): string[] {
  const names = readdirSync(fixture(`broken/${folder}`)).filter((name) => !name.endsWith(".json"));
  return names.filter((_, index) => index % Math.ceil(names.length / count) === 0).map((name) => `${folder}/${name}`);
}

describe("what is damaged is refused with Node's own words and hints", () => {
  it("all archives", async () => {
    for (const name of brokenFixtures("archives")) await expectSameRefusal(name);
    expect(await page.scratch()).toEqual([]);
  });

  it("all safetensors files", async () => {
    for (const name of brokenFixtures("safetensors")) await expectSameRefusal(name);
  });

  it.each([
    ["pytorch", 24],
    ["npz", 8],
    ["hdf5", 6],
  ])("some of %s", async (folder, count) => {
    for (const name of some(folder, count)) await expectSameRefusal(name);
  });
});

describe("what is no generator is refused in words", () => {
  it("a discriminator", async () => {
    const files = [{ url: "/golden/discriminators/plain-32.pth", path: "plain-32.pth" }];
    expect(await page.port({ files })).toMatchObject({
      refused: {
        code: "usage",
        message: "plain-32.pth: expected a generator, found a BigGAN discriminator",
        hint: "A discriminator judges pictures and makes none: drop the generator that it was trained with.",
      },
    });
  });

  it("a picture, several files that are none, and nothing at all", async () => {
    const picture = { url: "/fixtures/broken/picture.tar.gz", path: "picture.png" };
    const text = { url: "/fixtures/broken/expected.json", path: "notes.txt" };
    expect(await page.port({ files: [picture] })).toMatchObject({
      refused: { code: "format", message: expect.stringContaining("picture.png: model: expected") },
    });
    expect(await page.port({ files: [picture, text] })).toMatchObject({
      refused: { code: "format", message: expect.stringContaining("dropped: model: expected") },
    });
    expect(await page.port({ files: [] })).toMatchObject({
      refused: { code: "usage", message: "there is no file in what was dropped" },
    });
  });

  it("weights of anything else", async () => {
    const reference = golden("pytorch/2.14-legacy-protocol2.pth");
    const files = [{ url: "/golden/pytorch/2.14-legacy-protocol2.pth", path: basename(reference) }];
    expect(await refusalInBrowser(files)).toEqual(await refusalInNode(reference));
  });
});
