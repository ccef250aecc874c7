import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FormatError } from "../../../src/core/errors.js";
import { type Description, encodeDescription } from "../../../src/formats/description/description.js";
import { parseDescription } from "../../../src/formats/description/description-schema.js";

const DESCRIPTION: Description = {
  format: "biggan-port",
  formatVersion: 1,
  tool: { name: "biggan-port", version: "0.1.0" },
  model: {
    family: "biggan-deep",
    name: 'a "name" \u2028',
    resolution: 128,
    classes: 1000,
    zDim: 128,
    parameters: 50_244_484,
    config: { family: "biggan-deep", rows: [{ block: "up", in: 16, out: 16 }] },
    truncation: { kind: "baked", value: 0.5 },
  },
  source: {
    kind: "tf-hub-archive",
    file: "biggan-deep-128.tar.gz",
    mapping: { name: "tfhub", sha256: "0".repeat(64) },
  },
  passes: ["bake-truncation", "fold-constants"],
  warnings: ["lost statistics"],
};

const entries = () => new Map(Object.entries(encodeDescription(DESCRIPTION)));

describe("a description among a file's metadata", () => {
  test("comes back as it was, other entries beside it", () => {
    expect(parseDescription("x", entries())).toEqual(DESCRIPTION);
    expect(parseDescription("x", entries().set("zDim", "128"))).toEqual(DESCRIPTION);
  });

  test.each([
    ["format", undefined, /^x: metadata: expected a description that begins with format biggan-port, found none$/],
    ["format", "pt", /found format "pt"$/],
    ["tool", undefined, /^x: tool: .*found nothing$/],
    ["passes", "[1]", /^x: passes\.0: .*found 1$/],
    ["passes", "[", /^x passes: document: expected JSON in UTF-8/],
    ["warnings", '"none"', /^x: warnings: .*found "none"$/],
    ["source", '{"kind":"a","file":"../b","mapping":{}}', /^x: source\.file: expected a base name, found "\.\.\/b"$/],
  ])("with %s %j is refused in words", (key, text, message) => {
    const changed = entries();
    if (text === undefined) changed.delete(key);
    else changed.set(key, text);
    const parsing = () => parseDescription("x", changed);
    expect(parsing).toThrow(FormatError);
    expect(parsing).toThrow(message);
  });

  test("is refused in words whatever it holds", () => {
    const key = fc.constantFrom(...Object.keys(encodeDescription(DESCRIPTION)));
    const text = fc.oneof(fc.string(), fc.json());
    fc.assert(
      fc.property(key, text, (name, value) => {
        try {
          parseDescription("x", entries().set(name, value));
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
