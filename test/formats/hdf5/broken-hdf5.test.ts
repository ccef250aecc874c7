import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openHdf5 } from "../../../src/formats/hdf5/open-hdf5.js";
import { answerOf, brokenFiles } from "../../helpers/broken.js";
import { fixture } from "../../helpers/fixtures.js";
import { golden } from "../../helpers/golden.js";
import { mutated, mutations } from "../../helpers/mutations.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

/** Every number of a file. */
async function readAll(path: string): Promise<void> {
  await using file = await openHdf5(path, { timeLimit: 20_000 });
  for (const name of [...file.tensors.keys(), ...file.unsupported.keys()]) await file.read(name);
}

describe("openHdf5 refuses", () => {
  test.concurrent.each(brokenFiles("hdf5"))("broken/hdf5/%s", async (name, answer) => {
    expect(await answerOf(() => readAll(fixture(`broken/hdf5/${name}`)))).toEqual(answer);
  });

  test("a trap of libhdf5, and the next file opens", async () => {
    expect(await answerOf(() => readAll(fixture("broken/hdf5/group-tree-own-child.h5")))).toBeDefined();
    await using file = await openHdf5(golden("hdf5/compact.h5"));
    expect((await file.read("compact")).byteLength).toBe(24);
  });
});

describe("a damaged file gives numbers or a PortError, within the limits", () => {
  test.each([
    ["compact.h5", 25],
    ["types-earliest.h5", 10],
    ["chunks-latest.h5", 10],
  ])("%s", { timeout: 120_000 }, async (name, numRuns) => {
    const good = await readFile(golden(`hdf5/${name}`));
    const path = join(await temporaryFolder(), "damaged.h5");
    await fc.assert(
      fc.asyncProperty(mutations(good.length), async (changes) => {
        await writeFile(path, mutated(good, changes));
        // Errors of any other kind pass through, and fail.
        await answerOf(async () => {
          await using file = await openHdf5(path, { timeLimit: 20_000 });
          for (const tensor of file.tensors.keys()) await file.read(tensor);
        });
      }),
      { numRuns },
    );
  });
});
