import { describe, expect, test } from "vitest";
import { UsageError } from "../../src/core/errors.js";
import { parsePasses } from "../../src/passes/parse-passes.js";
import { defaultPasses, PASSES } from "../../src/passes/registry.js";

const names = (text: string, target: "tfjs" | "onnx" = "tfjs") => parsePasses(text, target).map(({ name }) => name);
const defaults = (target: "tfjs" | "onnx") => defaultPasses(target).map(({ name }) => name);

describe("--passes", () => {
  test("default and all are the target's, none is none", () => {
    for (const target of ["tfjs", "onnx"] as const) {
      expect(names("default", target)).toEqual(defaults(target));
      expect(names("none", target)).toEqual([]);
      expect(names("all", target)).toEqual(expect.arrayContaining(defaults(target)));
    }
  });

  test("a list is taken in the order in which passes run", () => {
    expect(names("turn-keys, fold-constants")).toEqual(["fold-constants", "turn-keys"]);
  });

  test("a name with a minus is left out, of the default if nothing else is named", () => {
    const without = defaults("tfjs").filter((name) => name !== "merge-vectors");
    expect(names("-merge-vectors")).toEqual(without);
    expect(names("default,-merge-vectors")).toEqual(without);
    expect(names("none,turn-keys,-turn-keys")).toEqual([]);
  });

  test("every pass can be named alone", () => {
    for (const { name } of PASSES) expect(names(name)).toEqual([name]);
  });

  test("passes that exclude each other are refused together", () => {
    const both = () => parsePasses("upsample-as-taps,upsample-as-phases", "tfjs");
    expect(both).toThrow(UsageError);
    expect(both).toThrow("--passes: expected one of upsample-as-taps and upsample-as-phases, found both");
  });

  test.each([
    ["merge-vector", "Did you mean merge-vectors?"],
    ["-turn-kyes", "Did you mean turn-keys?"],
    ["xyzzy", /^There are default, all, none, /],
    ["", /^There are default, all, none, /],
  ])("%j is refused with a hint", (word, hint) => {
    try {
      parsePasses(`fold-constants,${word}`, "tfjs");
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(UsageError);
      expect(error).toHaveProperty("message", `--passes: expected names of passes, found "${word}"`);
      expect(error).toHaveProperty("hint", typeof hint === "string" ? hint : expect.stringMatching(hint));
    }
  });
});
