import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { OPCODES } from "../../../src/formats/pytorch/opcodes.js";
import { noStorages, unpickle } from "../../../src/formats/pytorch/unpickle.js";
import { itemsOf, type PickleValue } from "../../../src/formats/pytorch/values.js";
import { golden } from "../../helpers/golden.js";

const read = (bytes: Uint8Array) => unpickle({ file: "x", bytes, base: 0, offset: 0 }, noStorages);
const pickled = (text: string) => read(Buffer.from(text, "latin1"));

/** A value as JavaScript has it: lists, tuples and sets are arrays, dicts are Maps. */
function plain(value: PickleValue): unknown {
  const items = itemsOf(value);
  if (items !== undefined) return items.map(plain);
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  return value.kind === "dict" ? new Map(value.entries.map(([key, item]) => [plain(key), plain(item)])) : value;
}

const count = (length: number) => Array.from({ length }, (_, i) => i);
const VALUES: Readonly<Record<string, unknown>> = {
  numbers: [...[0, 1, -1, 255, 256, 65535, 65536, -(2 ** 31), 2 ** 31, 2 ** 40], -(2n ** 62n), 2n ** 70n, -(2n ** 70n)],
  floats: [0, -0.5, 1e300, 1 / 3, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  texts: ["", "plain", "\u00e9\n\\ \u{1f600}", "x".repeat(300)],
  others: [null, true, false, [], [1], [1, 2], [1, 2, 3], [1, 2, 3, 4]],
  many: count(1200),
  shared: [
    [1, 2],
    [1, 2],
    [
      [1, 2],
      [1, 2],
    ],
  ],
  dicts: [
    new Map(),
    new Map([["a", 1]]),
    new Map(count(1010).map((i) => [i, `${i}`])),
    new Map([
      ["b", 1],
      ["a", 2],
    ]),
  ],
  sets: [[], [1, 2], [3]],
};

const PICKLES = z
  .record(z.string(), z.string())
  .parse(JSON.parse(readFileSync(golden("pytorch/pickles.json"), "utf8")));

describe("what Python pickled, in every protocol", () => {
  test.each(Object.entries(PICKLES))("%s", (name, base64) => {
    const kind = name.replace(/^python\d-protocol\d-/, "");
    const value = plain(read(Buffer.from(base64, "base64")));
    const expected = VALUES[kind];
    if (kind === "others") {
      const kept = Array.isArray(value)
        ? value.filter((item) => item !== "bytes" && !(item instanceof Uint8Array))
        : [];
      expect(kept).toEqual(expected);
    } else if (kind === "sets")
      expect(value).toEqual(Array.isArray(value) && value.length === 2 ? [[], [1, 2]] : expected);
    else expect(value).toEqual(expected);
  });
});

describe("opcodes that Python's own pickler does not write", () => {
  test.each([
    ["DUP", "N2\x86.", [null, null]],
    ["POP", "K\x01N0.", 1],
    ["POP of a mark", "K\x01(0.", 1],
    ["POP_MARK", "K\x01(NN1.", 1],
    ["LONG4", "\x8b\x03\x00\x00\x00\x01\x02\x03.", 0x030201],
    ["LONG1 of no bytes", "\x8a\x00.", 0],
    ["SHORT_BINSTRING", "U\x02ab.", "ab"],
    ["BINSTRING that is no UTF-8", "T\x02\x00\x00\x00\xe9a.", "\u00e9a"],
    ["STRING with escapes", "S'a\\x41\\n\\'\\q'\n.", "aA\n'\\q"],
    ["BINBYTES8", "\x8e\x02\x00\x00\x00\x00\x00\x00\x00ab.", Buffer.from("ab")],
    ["BYTEARRAY8", "\x96\x02\x00\x00\x00\x00\x00\x00\x00ab.", Buffer.from("ab")],
    ["BINUNICODE8", "\x8d\x02\x00\x00\x00\x00\x00\x00\x00ab.", "ab"],
    ["LIST, DICT", "((lK\x01d.", new Map([[[], 1]])],
    ["INST", "(icollections\nOrderedDict\n.", new Map()],
    ["OBJ", "(ccollections\nOrderedDict\no.", new Map()],
    ["NEWOBJ", "ccollections\nOrderedDict\n)\x81.", new Map()],
    ["NEWOBJ_EX", "ccollections\nOrderedDict\n)}\x92.", new Map()],
    ["BUILD of a dict, dropped", "}}(X\x09\x00\x00\x00_metadataK\x01ub.", new Map()],
    ["BUILD of a Namespace", "cargparse\nNamespace\n)\x81}(X\x01\x00\x00\x00aK\x01ub.", new Map([["a", 1]])],
    ["GET, PUT", "]p7\n0g7\n.", []],
    ["LONG_BINGET, LONG_BINPUT", "]r\x00\x01\x00\x000j\x00\x01\x00\x00.", []],
    ["FLOAT of no number", "Fnan\n.", Number.NaN],
  ])("%s", (_, text, value) => {
    const found = plain(pickled(text));
    expect(found instanceof Uint8Array ? Buffer.from(found) : found).toEqual(value);
  });

  test("all of protocols 0 to 5 are known, each by one byte", () => {
    expect(OPCODES).toHaveLength(68);
    expect(new Set(OPCODES.map(([, code]) => code)).size).toBe(68);
    expect(new Set(OPCODES.map(([name]) => name)).size).toBe(68);
  });
});
