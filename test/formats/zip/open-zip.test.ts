import { open, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { portableCrc32 } from "../../../src/formats/zip/crc32.js";
import { entryNamed, openZip } from "../../../src/formats/zip/open-zip.js";
import { openFile } from "../../../src/io/file-source.js";
import { answerOf, brokenFiles } from "../../helpers/broken.js";
import { fixture } from "../../helpers/fixtures.js";
import { memoryFile } from "../../helpers/memory-file.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

test.each(brokenFiles("zip"))("%s is refused in words", async (name, answer) => {
  const found = await answerOf(async () => {
    await using source = await openFile(fixture(`broken/zip/${name}`));
    const zip = await openZip(source);
    for (const entry of zip.entries.values()) await zip.read(entry, 0, entry.uncompressedSize);
  });
  expect(found).toEqual(answer);
});

const LONG = Uint8Array.from({ length: 3_000_000 }, (_, i) => (i * 2654435761) >>> 13);
const ARCHIVE = zipSync({ stored: [LONG, { level: 0 }], deflated: [LONG, { level: 6 }], none: new Uint8Array() });

describe("an entry", () => {
  test.each(["stored", "deflated"])("that is %s gives any part, in pieces of whole units", async (name) => {
    const zip = await openZip(memoryFile("x", ARCHIVE));
    const entry = entryNamed(zip, name);
    for (const [from, to] of [
      [0, LONG.length],
      [1_048_570, 1_048_590],
      [7, 2_900_000],
      [5, 5],
    ] as const) {
      const pieces: Uint8Array[] = [];
      for await (const piece of zip.pieces(entry, from, to, { unit: 1000 })) pieces.push(piece.slice());
      expect(Buffer.concat(pieces).equals(LONG.subarray(from, to))).toBe(true);
      expect(pieces.slice(0, -1).every(({ length }) => length % 1000 === 0 && length <= 256 * 1024)).toBe(true);
      const into = new Uint8Array(LONG.length);
      expect(Buffer.from(await zip.read(entry, from, to, { into })).equals(LONG.subarray(from, to))).toBe(true);
      expect(Buffer.from(into.subarray(0, to - from)).equals(LONG.subarray(from, to))).toBe(true);
    }
    expect(await zip.head(entry, 10)).toEqual(LONG.slice(0, 10));
  });

  test("of no bytes, and one that is not there", async () => {
    const zip = await openZip(memoryFile("x", ARCHIVE));
    expect(await zip.read(entryNamed(zip, "none"), 0, 0)).toEqual(new Uint8Array());
    expect(() => entryNamed(zip, "other")).toThrow(/^x: "other": expected an entry of this name, found none$/);
    await expect(zip.read(entryNamed(zip, "none"), 0, 1)).rejects.toThrow(/a range inside the 0 bytes/);
  });

  test("is verified whole the first time, and read directly after that", async () => {
    let bytes = 0;
    const file = memoryFile("x", ARCHIVE);
    const zip = await openZip({
      ...file,
      slice: async (start, end, options) => {
        bytes += end - start;
        return await file.slice(start, end, options);
      },
    });
    const entry = entryNamed(zip, "stored");
    bytes = 0;
    await zip.read(entry, 10, 20);
    expect(bytes).toBeGreaterThan(LONG.length);
    bytes = 0;
    await zip.read(entry, 10, 20);
    expect(bytes).toBe(10);
  });
});

test("an archive beyond 4 GiB, with zip64 numbers", async () => {
  const path = join(await temporaryFolder(), "large.zip");
  const small = Buffer.from(zipSync({ a: Buffer.from("far away") }, { level: 0 }));
  const gap = 5 * 1024 ** 3;
  const directory = small.readUInt32LE(small.length - 6);
  const central = Buffer.concat([small.subarray(directory, small.length - 22), Buffer.alloc(12)]);
  central.writeUInt16LE(12, 30);
  central.writeUInt32LE(0xffffffff, 42);
  central.writeUInt16LE(1, 47);
  central.writeUInt16LE(8, 49);
  central.writeBigUInt64LE(BigInt(gap), 51);
  const start = gap + directory;
  const record = Buffer.alloc(76);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeBigUInt64LE(1n, 24);
  record.writeBigUInt64LE(1n, 32);
  record.writeBigUInt64LE(BigInt(central.length), 40);
  record.writeBigUInt64LE(BigInt(start), 48);
  record.writeUInt32LE(0x07064b50, 56);
  record.writeBigUInt64LE(BigInt(start + central.length), 64);
  record.writeUInt32LE(1, 72);
  const end = Buffer.from(small.subarray(small.length - 22));
  end.writeUInt32LE(0xffffffff, 12);
  end.writeUInt32LE(0xffffffff, 16);
  await writeFile(path, "");
  await truncate(path, gap);
  const handle = await open(path, "r+");
  await handle.write(Buffer.concat([small.subarray(0, directory), central, record, end]), 0, undefined, gap);
  await handle.close();
  await using source = await openFile(path);
  const zip = await openZip(source);
  expect(Buffer.from(await zip.read(entryNamed(zip, "a"), 0, 8)).toString()).toBe("far away");
});

test("the checksum in plain code is zlib's", () => {
  for (const bytes of [new Uint8Array(), Buffer.from("123456789"), LONG.subarray(0, 1000)]) {
    expect(portableCrc32(bytes)).toBe(crc32(bytes));
  }
});
