import { describe, expect, it } from "vitest";
import { columnsFor } from "../../../src/web/page/grid.js";
import { pingPong } from "../../../src/web/page/player.js";
import { createRateMeter } from "../../../src/web/page/rate.js";
import { recipeFileName, recipeInWords, sampleRecipe } from "../../../src/web/page/recipe.js";
import {
  bytesInWords,
  counted,
  failureInWords,
  millisecondsInWords,
  secondsInWords,
  slug,
} from "../../../src/web/page/words.js";

describe("columns", () => {
  it("let pictures be large, in full rows where that is possible", () => {
    expect([1, 2, 4, 6, 12, 48].map((count) => columnsFor(count, 900))).toEqual([1, 2, 2, 3, 4, 8]);
    expect(columnsFor(12, 288)).toBe(3);
    expect(columnsFor(48, 288)).toBe(3);
  });
});

describe("an animation", () => {
  it("goes to and fro", () => {
    expect([0, 1, 2, 3, 4, 5, 6].map((ticks) => pingPong(ticks, 4))).toEqual([0, 1, 2, 3, 2, 1, 0]);
    expect(pingPong(7, 1)).toBe(0);
  });
});

describe("the rate of a download", () => {
  it("comes from the last seconds, without what was there already", () => {
    const measure = createRateMeter();
    expect(measure(50, 1000, 50, 0)).toEqual({ perSecond: undefined, left: undefined });
    expect(measure(150, 1000, 50, 1000)).toEqual({ perSecond: 100, left: 8.5 });
    expect(measure(550, 1000, 50, 5000).perSecond).toBe(100);
    // Standing still is no division by zero.
    expect(measure(550, 1000, 50, 20_000)).toEqual({ perSecond: undefined, left: undefined });
  });
});

describe("words", () => {
  it("for amounts", () => {
    expect([0, 812, 3_462_725, 140e6, 2.5e9].map(bytesInWords)).toEqual([
      "0 bytes",
      "812 bytes",
      "3.5 MB",
      "140 MB",
      "2.5 GB",
    ]);
    expect([0.2, 11.4, 200].map(secondsInWords)).toEqual(["under a second", "11 s", "3 min"]);
    expect([0.42, 38.2, 2100].map(millisecondsInWords)).toEqual(["0.4 ms", "38 ms", "2.1 s"]);
    expect([counted(1, "picture"), counted(3, "picture")]).toEqual(["1 picture", "3 pictures"]);
  });

  it("for a picture, and its file", () => {
    const recipe = sampleRecipe("0.5 ring + 0.5 fish", 42, 2, 0.5);
    expect(recipeInWords(recipe)).toBe("0.5 ring + 0.5 fish, seed 42, picture 3 of this seed, truncation 0.50");
    expect(recipeFileName(recipe)).toBe("0.5-ring-0.5-fish-seed-42-picture-3-truncation-0.50");
    expect(slug("../Tench → goldfish?")).toBe("tench-goldfish");
  });

  it("for failures, with what to do", () => {
    const error = Object.assign(new Error("a.bin: expected 4 bytes, found 3"), { hint: "Fetch it again." });
    expect(failureInWords(error)).toBe("a.bin: expected 4 bytes, found 3. Fetch it again.");
    expect(failureInWords(new Error("plain"))).toBe("plain");
    const hash = "0123456789abcdef".repeat(4);
    expect(failureInWords(new Error(`a.bin: SHA-256: expected ${hash}`))).toBe(
      "a.bin: SHA-256: expected 0123456789ab…",
    );
    expect(failureInWords("odd")).toBe("odd");
  });
});
