import { describe, expect, it } from "vitest";
import { createClassIndex } from "../../../src/web/page/class-search.js";

const labels = ["tench", "goldfish", "great white shark", "tiger shark", "tiger", "tiger cat", "Café", "catamaran"];
const index = createClassIndex(labels.length, labels);
const find = (query: string) => index.search(query).map(index.name);

describe("search over classes", () => {
  it("ranks the name itself, its beginning, a word's beginning, then any part", () => {
    expect(find("tiger")).toEqual(["tiger", "tiger shark", "tiger cat"]);
    expect(find("cat")).toEqual(["catamaran", "tiger cat"]);
    expect(find("shark")).toEqual(["great white shark", "tiger shark"]);
    expect(find("fish")).toEqual(["goldfish"]);
  });

  it("takes no notice of case, accents and the order of words", () => {
    expect(find("CAFE")).toEqual(["Café"]);
    expect(find("  shark white ")).toEqual(["great white shark"]);
  });

  it("finds numbers, all for nothing, none for nonsense", () => {
    expect(find("4")).toEqual(["tiger"]);
    expect(index.search("")).toEqual(labels.map((_, at) => at));
    expect(find("zebra")).toEqual([]);
  });

  it("calls classes without names by their numbers", () => {
    const unnamed = createClassIndex(1000, undefined);
    expect(unnamed.name(207)).toBe("class 207");
    expect(unnamed.search("207")[0]).toBe(207);
  });

  it("is quick with a thousand names", () => {
    const many = createClassIndex(
      1000,
      Array.from({ length: 1000 }, (_, at) => `some creature, number ${at}`),
    );
    const start = performance.now();
    for (const query of ["s", "creature", "number 99", "9", "nothing"]) many.search(query);
    // Each keystroke has a frame, 16 ms; five of them here, on a machine that does other things as well.
    expect(performance.now() - start).toBeLessThan(250);
  });
});
