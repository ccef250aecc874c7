import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { parseDatatype } from "../../../src/formats/hdf5/datatype.js";
import { parseLayout } from "../../../src/formats/hdf5/layout.js";
import { readObjectHeader } from "../../../src/formats/hdf5/object-header.js";
import { readSuperblock } from "../../../src/formats/hdf5/superblock.js";
import { type ByteSource, checkRange } from "../../../src/io/byte-source.js";
import { answerOf } from "../../helpers/broken.js";
import { golden } from "../../helpers/golden.js";
import { mutated, mutations } from "../../helpers/mutations.js";

function memory(bytes: Uint8Array): ByteSource {
  const source = { name: "memory", byteLength: bytes.length };
  return {
    ...source,
    async slice(start, end) {
      checkRange(source, start, end, "bytes");
      return new Uint8Array(bytes.subarray(start, end));
    },
  };
}

const FILES = ["types-earliest.h5", "types-latest.h5"] as const;
const good = new Map<string, Uint8Array>();
beforeAll(async () => {
  for (const name of FILES) good.set(name, await readFile(golden(`hdf5/${name}`)));
});

test.each([
  ["compact.h5", { base: 0, addressBytes: 8, lengthBytes: 8, end: 1424 }],
  ["ordered.h5", { base: 0, addressBytes: 8, lengthBytes: 8, end: 547 }],
  ["user-block.h5", { base: 1024, addressBytes: 8, lengthBytes: 8, end: 2448 }],
])("the superblock of %s", async (name, expected) => {
  expect(await readSuperblock(memory(await readFile(golden(`hdf5/${name}`))))).toEqual(expected);
});

test.each(FILES)("any change to %s, and any address, gives messages or a PortError", async (name) => {
  const bytes = good.get(name) ?? new Uint8Array();
  await fc.assert(
    fc.asyncProperty(mutations(bytes.length), fc.nat({ max: bytes.length }), async (changes, address) => {
      await answerOf(async () => {
        const source = memory(mutated(bytes, changes));
        const superblock = await readSuperblock(source);
        for (const { block } of await readObjectHeader(source, superblock, address, "x", {})) {
          await answerOf(async () => parseDatatype(block));
          await answerOf(async () => parseLayout(block, superblock));
        }
      });
    }),
    { numRuns: 2000 },
  );
});

test("any bytes are a type, a layout, or a PortError", async () => {
  const superblock = { base: 0, addressBytes: 8, lengthBytes: 8, end: 1e6 };
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 64 }), async (bytes) => {
      const block = { file: "memory", bytes, start: 0, field: "x" };
      await answerOf(async () => parseDatatype(block));
      await answerOf(async () => parseLayout(block, superblock));
    }),
    { numRuns: 2000 },
  );
});
