import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readConfigFile } from "../../src/mapping/config-file.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

/** A folder with a config.json of this text. */
async function folderWith(text: string | Uint8Array): Promise<string> {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "config.json"), text);
  return folder;
}

describe("a config.json", () => {
  it("need not be there, nor be a file", async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, "config.json"));
    expect(await readConfigFile(join(folder, "G.pth"))).toEqual({ warnings: [] });
  });

  it("is found beside the weights and in their folder, whatever else it says", async () => {
    const folder = await folderWith('{"BN_eps": 0.001, "G_attn": "64", "layers": [[true, 16, 8]]}');
    for (const weights of [join(folder, "G.pth"), folder]) {
      const { config, warnings } = await readConfigFile(weights);
      expect(config?.values).toMatchObject({ BN_eps: 0.001, layers: [[true, 16, 8]] });
      expect(warnings).toEqual([]);
    }
  });

  it.each([
    ['{"BN_eps": "small"}', 'BN_eps: expected a number above 0 and at most 1, found "small": it is not used'],
    ['{"eps": 0}', "eps: expected a number above 0 and at most 1, found 0: it is not used"],
    [
      '{"layers": [[1, 16, 8]]}',
      "layers.0.0: expected a list of [true or false, channels in, channels out], found 1: it is not used",
    ],
    ["[1]", "document: expected a model's configuration, found a list: it is not used"],
    ["{", "document: expected JSON in UTF-8, found"],
    [new Uint8Array(2 ** 20 + 1), "size: expected at most 1048576 bytes, found 1048577: it is not used"],
  ])("that cannot be used is not, with a warning: %s", async (text, words) => {
    const folder = await folderWith(text);
    const { config, warnings } = await readConfigFile(join(folder, "G.pth"));
    expect(config).toBeUndefined();
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(words);
  });
});
