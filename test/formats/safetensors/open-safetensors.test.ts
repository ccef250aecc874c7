import { readFileSync } from "node:fs";
import { readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { FormatError } from "../../../src/core/errors.js";
import { decodeFloats, isFloat } from "../../../src/core/tensor.js";
import { tensorPieces } from "../../../src/core/tensor-source.js";
import { headerSize, parseHeader, SIZE_BYTES } from "../../../src/formats/safetensors/header.js";
import { openSafetensors } from "../../../src/formats/safetensors/open-safetensors.js";
import { openFile } from "../../../src/io/file-source.js";
import { answerOf, brokenFixtures, EXPECTED } from "../../helpers/broken.js";
import { fixture } from "../../helpers/fixtures.js";
import { golden } from "../../helpers/golden.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

const EVERY_TYPE = golden("safetensors/every-type.safetensors");
const readGolden = <T>(name: string, schema: z.ZodType<T>) =>
  schema.parse(JSON.parse(readFileSync(golden(`safetensors/${name}`), "utf8")));

describe("what the Python package wrote", () => {
  const expected = readGolden(
    "expected.json",
    z.record(z.string(), z.object({ dtype: z.string(), shape: z.array(z.number()), values: z.array(z.number()) })),
  );

  test("has its names, types, shapes and values here", async () => {
    await using file = await openSafetensors(EVERY_TYPE);
    expect([...file.tensors.keys()]).toEqual(Object.keys(expected).sort());
    expect(file.metadata).toEqual(new Map([["note", "tab\tand \u2028 and \u007f"]]));
    for (const [name, { dtype, shape, values }] of Object.entries(expected)) {
      const tensor = file.tensors.get(name);
      expect({ dtype: tensor?.dtype, shape: tensor?.shape }, name).toEqual({ dtype, shape });
      const bytes = await file.read(name);
      if (tensor !== undefined && isFloat(tensor.dtype)) {
        expect(Array.from(decodeFloats(bytes, tensor.dtype)), name).toEqual(values);
      }
    }
    const integers = new DataView((await file.read("int64")).buffer);
    expect([integers.getBigInt64(0, true), integers.getBigInt64(8, true)].map(Number)).toEqual(
      expected["int64"]?.values,
    );
  });

  test("opens with bfloat16, and names an F8 as what is not read", async () => {
    await using file = await openSafetensors(golden("safetensors/foreign.safetensors"));
    expect(Array.from(decodeFloats(await file.read("bf16"), "bfloat16"))).toEqual([1, -3.140625, 2 ** -133]);
    expect(file.unsupported).toEqual(new Map([["f8", "F8_E4M3, which is not supported"]]));
    expect(await answerOf(() => file.read("f8"))).toEqual({
      code: "format",
      message:
        "foreign.safetensors: tensor f8: expected a tensor that can be read, found F8_E4M3, which is not supported",
    });
  });

  test("is given in parts as in whole", async () => {
    await using file = await openSafetensors(EVERY_TYPE);
    for (const [name, { byteLength }] of file.tensors) {
      const whole = await file.read(name);
      const into = new Uint8Array(byteLength);
      const pieces: Uint8Array[] = [];
      for await (const piece of tensorPieces(file, name, { into })) pieces.push(piece);
      expect([Buffer.concat(pieces).equals(whole), Buffer.from(into).equals(whole)], name).toEqual([true, true]);
      const start = Math.min(1, byteLength);
      const part = await file.slice?.(name, start, byteLength);
      expect(part && Buffer.from(part).equals(whole.subarray(start)), name).toBe(true);
      expect((await answerOf(async () => file.slice?.(name, 0, byteLength + 1)))?.message).toMatch(/a range inside/);
    }
  });

  test("may hold nothing", async () => {
    await using file = await openSafetensors(golden("safetensors/nothing.safetensors"));
    expect(file.tensors.size).toBe(0);
  });

  test("is opened by its header alone", async () => {
    const ranges: [number, number][] = [];
    await using file = await openSafetensors(EVERY_TYPE, {
      openFile: async (path) => {
        const source = await openFile(path);
        const slice: typeof source.slice = (start, end, options) => {
          ranges.push([start, end]);
          return source.slice(start, end, options);
        };
        return { ...source, slice };
      },
    });
    const header = (await readFile(EVERY_TYPE)).readUInt32LE(0);
    expect(ranges).toEqual([
      [0, 8],
      [8, 8 + header],
    ]);
    await file.read("uint8");
    expect(ranges).toHaveLength(3);
  });

  test("comes in pieces as it comes whole", async () => {
    await using file = await openSafetensors(EVERY_TYPE);
    for (const name of file.tensors.keys()) {
      const pieces: Uint8Array[] = [];
      for await (const piece of tensorPieces(file, name)) pieces.push(piece.slice());
      expect(Buffer.concat(pieces).equals(await file.read(name)), name).toBe(true);
    }
  });
});

describe("broken files", () => {
  const verdicts = readGolden("broken.json", z.record(z.string(), z.string()));
  const open = async (path: string) => {
    await using _ = await openSafetensors(path);
  };

  test.each(brokenFixtures("safetensors"))("%s is refused in words", async (name) => {
    expect(await answerOf(() => open(fixture(`broken/${name}`)))).toEqual(EXPECTED[name]);
    // What the package reads all the same, it reads wrongly, or against its own specification.
    expect(verdicts[name]).toBeDefined();
  });

  test("a header of 99 MB that is not there takes no memory", async () => {
    const path = join(await temporaryFolder(), "long.safetensors");
    const size = Buffer.alloc(8);
    size.writeBigUInt64LE(99_000_000n);
    await writeFile(path, size);
    await truncate(path, 9);
    expect((await answerOf(() => open(path)))?.message).toBe(
      "long.safetensors at byte 0: header size: expected at most the 1 bytes behind it, found 99000000",
    );
  });
});

describe("the header", () => {
  const good = readFileSync(EVERY_TYPE);
  const parse = (bytes: Uint8Array) => {
    const size = headerSize("x", bytes.subarray(0, SIZE_BYTES), bytes.byteLength);
    return parseHeader("x", bytes.subarray(SIZE_BYTES, SIZE_BYTES + size), bytes.byteLength);
  };
  /** What parses covers the file: no bytes that belong to no tensor. */
  const covered = (bytes: Uint8Array) => {
    const { entries } = parse(bytes);
    const data = entries.reduce((sum, { start, end }) => sum + end - start, 0);
    return SIZE_BYTES + headerSize("x", bytes.subarray(0, SIZE_BYTES), bytes.byteLength) + data;
  };

  test("damaged anywhere covers the file, or gives a FormatError", () => {
    const headerEnd = SIZE_BYTES + good.readUInt32LE(0);
    const byte = fc.oneof(fc.nat(255), fc.constantFrom(...Buffer.from('{}[]":,0123456789-.e \\')));
    const change = fc.record({ at: fc.nat(headerEnd - 1), value: byte, cut: fc.nat(3), insert: fc.boolean() });
    fc.assert(
      fc.property(
        fc.array(change, { minLength: 1, maxLength: 4 }),
        fc.option(fc.nat(good.length)),
        (changes, length) => {
          let bytes = Buffer.from(good);
          for (const { at, value, cut, insert } of changes) {
            const end = insert ? at : Math.min(at + cut, bytes.length);
            bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from([value]), bytes.subarray(end)]);
          }
          if (length !== null) bytes = bytes.subarray(0, length);
          try {
            expect(covered(bytes)).toBe(bytes.length);
          } catch (error) {
            if (!(error instanceof FormatError)) throw error;
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("of any JSON gives a header or a FormatError", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = Buffer.from(JSON.stringify(value));
        const bytes = Buffer.concat([Buffer.from([text.length & 255, text.length >> 8, 0, 0, 0, 0, 0, 0]), text]);
        try {
          parse(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
