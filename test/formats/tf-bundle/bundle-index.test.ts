import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { blockBytes, entryMessage, headerMessage, tableBytes } from "../../../scripts/fixtures/bundle-writer.mjs";
import { FormatError, isPortError } from "../../../src/core/errors.js";
import { parseIndex } from "../../../src/formats/tf-bundle/bundle-index.js";
import { readTable } from "../../../src/formats/tf-bundle/table.js";
import { fixture } from "../../helpers/fixtures.js";

const index = (name: string) => readFileSync(fixture(`bundles/${name}/variables.index`));
const GOOD = ["types", "sharded", "partitioned"].map(index);

/** True when the bytes parse; false when they are refused as they should be. Anything else is a fault. */
function parses(bytes: Uint8Array): boolean {
  try {
    parseIndex("variables.index", bytes);
    return true;
  } catch (error) {
    if (!isPortError(error)) throw error;
    expect(error).toBeInstanceOf(FormatError);
    expect(error.hint).toBeTruthy();
    return false;
  }
}

const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 });

function mutate(bytes: Uint8Array, edits: readonly (readonly [number, number])[]): Buffer {
  const copy = Buffer.from(bytes);
  for (const [at, value] of edits) copy[at % copy.length] = value;
  return copy;
}

describe("parseIndex", () => {
  test("refuses every truncation", () => {
    const bytes = index("types");
    for (let length = 0; length < bytes.length; length++) expect(parses(bytes.subarray(0, length))).toBe(false);
  });

  test("refuses every flipped bit outside the footer's padding", () => {
    const bytes = index("sharded");
    const accepted: number[] = [];
    for (let at = 0; at < bytes.length; at++)
      if (parses(mutate(bytes, [[at, (bytes[at] ?? 0) ^ 16]]))) accepted.push(at);
    const footer = bytes.length - 48;
    expect(accepted.filter((at) => at < footer || at >= bytes.length - 8)).toEqual([]);
  });

  test("answers any damaged file with a good parse or a FormatError", () => {
    fc.assert(
      fc.property(fc.constantFrom(...GOOD), changes, fc.nat(), (good, edits, cut) => {
        const bytes = mutate(good, edits);
        parses(bytes);
        parses(bytes.subarray(cut % bytes.length));
      }),
      { numRuns: 2000 },
    );
  });

  test("answers damaged messages and blocks whose checksums are right likewise", () => {
    let good = 0;
    fc.assert(
      fc.property(fc.constantFrom(...GOOD), changes, fc.boolean(), (file, edits, inBlock) => {
        const entries = [...readTable("index", file)];
        const edited = entries.map(({ key, value }, i) => ({
          key,
          value:
            inBlock || i !== (edits[0]?.[0] ?? 0) % entries.length || value.length === 0 ? value : mutate(value, edits),
        }));
        const editBlock = (block: Buffer) => (inBlock ? mutate(block, edits) : block);
        if (parses(tableBytes(edited, { editBlock }))) good += 1;
      }),
      { numRuns: 2000 },
    );
    expect(good).toBeGreaterThan(0);
  });

  test("answers any bytes", () => {
    const footer = index("types").subarray(-48);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(parses(bytes)).toBe(false);
        expect(parses(Buffer.concat([bytes, footer]))).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  test("keeps names whole whose bytes share half a character", () => {
    expect([...parseIndex("index", index("types")).records.keys()].slice(-3)).toEqual(["b/è", "b/é", "b/名前"]);
  });

  test("refuses names that grow without end by prefix compression", () => {
    const long = Buffer.alloc(200_000, "a");
    const entries = Array.from({ length: 400 }, (_, i) => ({
      key: Buffer.concat([long, Buffer.from(String(i).padStart(4, "0"))]),
      value: entryMessage({ shape: [0] }),
    }));
    const bytes = tableBytes([{ key: Buffer.from(""), value: headerMessage() }, ...entries]);
    expect(bytes.length).toBeLessThan(20_000_000);
    expect(parses(bytes)).toBe(false);
  });

  test("refuses a block within another", () => {
    const inner = blockBytes([{ key: Buffer.from("k"), value: Buffer.from("v") }]);
    expect(parses(Buffer.concat([inner, inner, index("types").subarray(-48)]))).toBe(false);
  });
});
