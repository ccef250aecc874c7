import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { isPortError } from "../../../src/core/errors.js";
import { encodeNpy, parseNpy } from "../../../src/formats/npy/npy.js";
import { refusal } from "./refusal.js";

const golden = new URL("../../golden/npy/", import.meta.url);
const read = (name: string) => new Uint8Array(readFileSync(new URL(name, golden)));

const expected = z
  .record(z.string(), z.object({ shape: z.array(z.number()), data: z.array(z.number()) }))
  .parse(JSON.parse(readFileSync(new URL("expected.json", golden), "utf8")));

describe("arrays that numpy wrote", () => {
  test.each(Object.keys(expected))("%s", (name) => {
    const tensor = parseNpy(name, read(`${name}.npy`));
    expect({ shape: tensor.shape, data: [...tensor.data] }).toEqual(expected[name]);
    const narrow = ["float32", "float16", "scalar", "empty", "rank4", "version2", "version3"].includes(name);
    expect(tensor.data).toBeInstanceOf(narrow ? Float32Array : Float64Array);
  });

  test.each(["float32", "float64", "scalar", "empty", "rank4"])("%s is written back byte for byte", (name) => {
    const bytes = read(`${name}.npy`);
    expect(encodeNpy(parseNpy(name, bytes))).toEqual(bytes);
  });

  test("an array at an odd place in a larger buffer", () => {
    const bytes = read("float64.npy");
    const buffer = new Uint8Array(bytes.length + 3);
    buffer.set(bytes, 3);
    for (const view of [buffer.subarray(3), Buffer.from(buffer.buffer).subarray(3)]) {
      const { data } = parseNpy("x", view);
      expect([...data]).toEqual(expected["float64"]?.data);
      expect(data.buffer.byteLength).toBe(data.byteLength);
    }
  });
});

const KNOWN = "<f4, <f8, <f2, <i4, <i8, |u1, |b1";
const MESSAGES: Readonly<Record<string, string>> = {
  "bad-big-endian.npy": `bad-big-endian.npy at byte 10: descr: expected ${KNOWN}, found ">f4"`,
  "bad-fortran.npy": "bad-fortran.npy at byte 10: fortran_order: expected False, found True",
  "bad-complex.npy": `bad-complex.npy at byte 10: descr: expected ${KNOWN}, found "<c8"`,
  "bad-structured.npy": `bad-structured.npy at byte 10: descr: expected ${KNOWN}, found "[('a', '<i4'), ('b', '<f4')]"`,
  "bad-object.npy": `bad-object.npy at byte 10: descr: expected ${KNOWN}, found "|O"`,
  "bad-int64-inexact.npy":
    "bad-int64-inexact.npy at byte 128: element 0: expected a whole number within ±(2^53 - 1), found 9007199254740993",
};

test("each refused array has its message", () => {
  const found = readdirSync(golden).filter((name) => name.startsWith("bad-") && name.endsWith(".npy"));
  expect(found.sort()).toEqual(Object.keys(MESSAGES).sort());
  for (const name of found) expect(refusal(() => parseNpy(name, read(name)))).toBe(MESSAGES[name]);
});

function withHeader(header: string, data = 0): Uint8Array {
  const text = `${header}\n`;
  const bytes = new Uint8Array(10 + text.length + data);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, text.length & 0xff, text.length >> 8]);
  bytes.set(new TextEncoder().encode(text), 10);
  return bytes;
}

describe("headers", () => {
  test.each([
    `{"shape":(2,),"descr":"<f4","fortran_order":False}`,
    "{ 'fortran_order' : False , 'descr': '<f4', 'shape': ( 2 , ) , } ",
  ])("%s is a Python dict as well", (header) => {
    expect(parseNpy("x", withHeader(header, 8)).shape).toEqual([2]);
  });

  test.each([
    "{'descr': '<f4', 'fortran_order': False, 'shape': (2), }",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (-2,), }",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (2.0,), }",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (,), }",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (2,,), }",
    "{'descr': '<f4', 'fortran_order': False, 'shape': __import__('os'), }",
    "{'descr': '<f4', 'fortran_order': False, }",
    "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (2,), }",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'more': 1}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), } more",
    "{'descr': '<f4' 'fortran_order': False, 'shape': (2,), }",
    "{'descr': False, 'fortran_order': False, 'shape': (2,), }",
    "{",
    "",
  ])("%s is refused", (header) => {
    expect(() => parseNpy("x", withHeader(header, 8))).toThrow(/^x at byte \d+: header: expected \{'descr'/);
  });

  test.each([
    ["(2,)", 9, "x at byte 68: data: expected 8 bytes for <f4 [2], found 9"],
    ["(2,)", 7, "x at byte 68: data: expected 8 bytes for <f4 [2], found 7"],
    ["(99999999,)", 8, "x at byte 75: data: expected 399999996 bytes for <f4 [99999999], found 8"],
    ["(9007199254740993,)", 8, "x at byte 10: shape: expected sizes below 2^53, found [9007199254740992]"],
    ["(4294967296, 4294967296)", 0, "x at byte 10: shape: expected sizes below 2^53, found [4294967296, 4294967296]"],
    [`(${"1, ".repeat(33)})`, 4, "x at byte 10: shape: expected at most 32 axes, found 33"],
  ])("shape %s over %d bytes", (shape, data, message) => {
    const bytes = withHeader(`{'descr': '<f4', 'fortran_order': False, 'shape': ${shape}, }`, data);
    expect(refusal(() => parseNpy("x", bytes))).toBe(message);
  });

  test("lengths and versions", () => {
    const bytes = read("version3.npy");
    new DataView(bytes.buffer).setUint32(8, 0xfffffff0, true);
    expect(refusal(() => parseNpy("x", bytes))).toBe(
      "x at byte 8: header length: expected at most 10000, found 4294967280",
    );
    expect(refusal(() => parseNpy("x", read("float32.npy").subarray(0, 60)))).toBe(
      "x at byte 8: header length: expected at most the 50 bytes that follow, found 118",
    );
    expect(refusal(() => parseNpy("x", new Uint8Array()))).toBe(
      "x at byte 0: magic: expected \\x93NUMPY and a version, found an empty file",
    );
    const future = read("float32.npy");
    future[6] = 4;
    expect(refusal(() => parseNpy("x", future))).toBe("x at byte 6: version: expected 1.0, 2.0 or 3.0, found 4.0");
  });

  test("a huge array of small integers is not blown up", () => {
    const count = 32 * 1024 * 1024 + 1;
    const bytes = withHeader(`{'descr': '|u1', 'fortran_order': False, 'shape': (${count},), }`, count);
    expect(refusal(() => parseNpy("x", bytes))).toBe(
      "x: shape: expected at most 33554432 whole numbers, found 33554433",
    );
  });
});

test("what is written is read back", () => {
  const tensors = fc
    .array(fc.nat(4), { maxLength: 4 })
    .chain((shape) => {
      const length = shape.reduce((product, extent) => product * extent, 1);
      const limits = { minLength: length, maxLength: length };
      return fc.record({
        shape: fc.constant(shape),
        data: fc.oneof(fc.float32Array(limits), fc.float64Array(limits)),
      });
    })
    .map(({ shape, data }) => ({
      shape,
      data: data instanceof Float64Array ? Float64Array.from(data) : Float32Array.from(data),
    }));
  fc.assert(
    fc.property(tensors, (tensor) => {
      expect(parseNpy("x", encodeNpy(tensor))).toEqual(tensor);
    }),
  );
});

test("a damaged array is read or refused, never anything else", () => {
  const files = Object.keys(expected).map((name) => read(`${name}.npy`));
  const damage = fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(fc.constantFrom(...files), damage, fc.nat(300), (file, edits, length) => {
      const bytes = file.slice(0, length < 150 ? file.length : length);
      for (const [at, value] of edits) if (at < bytes.length) bytes[at] = value;
      try {
        parseNpy("x", bytes);
      } catch (error) {
        expect(isPortError(error)).toBe(true);
      }
    }),
    { numRuns: 2000 },
  );
});
