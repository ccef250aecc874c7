import { describe, expect, test } from "vitest";
import { openPyTorch } from "../../../src/formats/pytorch/open-pytorch.js";
import { recogniseModel } from "../../../src/formats/recognise.js";
import { answerOf, brokenFiles } from "../../helpers/broken.js";
import { fixture } from "../../helpers/fixtures.js";

/** The slowest, a pickle of a million opcodes, takes a twentieth of this. */
const MOST_MILLISECONDS = 15_000;

describe("hostile and damaged files", () => {
  test.each(brokenFiles("pytorch"))("%s is refused in words, soon", async (name, answer) => {
    const path = fixture(`broken/pytorch/${name}`);
    const begin = performance.now();
    const found = await answerOf(async () => {
      await using file = await openPyTorch(path);
      for (const tensor of file.tensors.keys()) await file.read(tensor);
    });
    expect(found).toEqual(answer);
    expect(performance.now() - begin).toBeLessThan(MOST_MILLISECONDS);
    // Recognised as what it seems to be, or refused as well.
    await answerOf(() => recogniseModel(path));
  });
});
