import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { zipSync } from "fflate";
import { afterAll, describe, expect, test } from "vitest";
import { isPortError } from "../../../src/core/errors.js";
import type { Tensor } from "../../../src/core/tensor.js";
import { encodeNpy } from "../../../src/formats/npy/npy.js";
import { encodeNpz, parseNpz } from "../../../src/formats/npy/npz.js";
import { readNpz } from "../../../src/formats/npy/read-npz.js";
import { refusal } from "./refusal.js";

const golden = new URL("../../golden/npy/", import.meta.url);
const read = (name: string) => new Uint8Array(readFileSync(new URL(name, golden)));
const fixture = (name: string) => fileURLToPath(new URL(`../../../fixtures/${name}`, import.meta.url));

const scratch = mkdtempSync(join(tmpdir(), "npz-"));
afterAll(() => rmSync(scratch, { recursive: true }));

const shapes = (tensors: ReadonlyMap<string, Tensor>) => [...tensors].map(([name, { shape }]) => [name, shape]);

describe("archives that numpy wrote", () => {
  test.each(["stored.npz", "deflated.npz"])("%s", (name) => {
    const tensors = parseNpz(name, read(name));
    expect(shapes(tensors)).toEqual([
      ["z", [2, 3]],
      ["truncation", []],
      ["tap/stem", [2, 3]],
      ["y", [3, 1000]],
    ]);
    expect(tensors.get("truncation")?.data).toEqual(Float32Array.of(0.5));
    expect(tensors.get("tap/stem")?.data[0]).toBe(5.071577111401068);
    expect([...(tensors.get("y")?.data ?? [])].reduce((sum, value) => sum + value, 0)).toBe(3);
  });

  test("a module's reference", async () => {
    const reference = await readNpz(fixture("biggan-mini.reference.npz"));
    expect(shapes(reference)).toEqual([
      ["z", [9, 40]],
      ["y", [9, 10]],
      ["truncation", [9]],
      ["image", [9, 32, 32, 3]],
    ]);
    const taps = await readNpz(fixture("biggan-mini.reference-taps.npz"));
    expect(taps.get("tap/stem")?.shape).toEqual([1, 4, 4, 192]);
  });
});

test("the same tensors give the same bytes in every time zone, and are read back", () => {
  const tensors = parseNpz("stored.npz", read("stored.npz"));
  const bytes = encodeNpz(tensors);
  expect(parseNpz("ours", bytes)).toEqual(tensors);
  const zone = process.env["TZ"];
  for (const other of ["Pacific/Apia", "America/New_York", "Asia/Kathmandu"]) {
    process.env["TZ"] = other;
    expect(Buffer.compare(encodeNpz(tensors), bytes)).toBe(0);
  }
  if (zone === undefined) delete process.env["TZ"];
  else process.env["TZ"] = zone;
  expect(parseNpz("none", encodeNpz(new Map()))).toEqual(new Map());
});

/** One deflated entry "a.npy" of 4000 bytes; its central header's place comes along. */
function deflated(): { bytes: Uint8Array; view: DataView; central: number } {
  const array = encodeNpy({ shape: [968], data: new Float32Array(968) });
  const bytes = zipSync({ "a.npy": array }, { level: 6, mtime: new Date(1980, 0, 1, 12) });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { bytes, view, central: view.getUint32(bytes.length - 6, true) };
}

describe("archives that lie", () => {
  test.each([
    ["bad-duplicate.npz", 'bad-duplicate.npz at byte 211: "z.npy": expected one entry of this name, found two'],
    [
      "bad-other-file.npz",
      'bad-other-file.npz at byte 0: "readme.txt": expected an array, named with .npy, found another file',
    ],
  ])("%s", (name, message) => {
    expect(refusal(() => parseNpz(name, read(name)))).toBe(message);
  });

  test.each([
    [20, 4_000_000, /"a.npy": compressed size: expected to end before byte \d+, found byte 4000035$/],
    [24, 4001, /"a.npy": deflated data: expected the 4001 bytes claimed, found 4000$/],
    [24, 3999, /"a.npy": deflated data: expected the 3999 bytes claimed, found more$/],
    [24, 200_000_000, /"a.npy": deflated data: expected at most \d+ bytes from \d+, found a claim of 200000000$/],
    [24, 300_000_000, /^x: uncompressed size: expected at most 268435456 bytes from a file of \d+, found 300000000$/],
    [16, 0, /"a.npy": CRC-32: expected 0x00000000, found 0x[0-9a-f]{8}$/],
    [42, 7, /"a.npy": compressed size: expected to end before byte \d+, found byte \d+$/],
    [10, 12, /"a.npy": method: expected 0 or 8, found 12$/],
  ])("the directory's field at %d set to %d", (field, value, message) => {
    const { bytes, view, central } = deflated();
    if (field === 10) view.setUint16(central + field, value, true);
    else view.setUint32(central + field, value, true);
    expect(() => parseNpz("x", bytes)).toThrow(message);
  });

  test("an encrypted entry, a zip64 archive without its record, no archive", () => {
    const { bytes, view, central } = deflated();
    view.setUint16(central + 8, 1, true);
    expect(() => parseNpz("x", bytes)).toThrow(/flags: expected no encryption, found an encrypted entry$/);
    view.setUint16(bytes.length - 12, 0xffff, true);
    expect(() => parseNpz("x", bytes)).toThrow(/zip64 locator: expected one before the end record, found none$/);
    expect(refusal(() => parseNpz("x", bytes.subarray(0, 50)))).toBe(
      "x: end record: expected a zip archive, found none in 50 bytes",
    );
    expect(() => parseNpz("x", new Uint8Array())).toThrow(/found none in 0 bytes$/);
  });

  test("entries that share their bytes", () => {
    const one = encodeNpy({ shape: [1], data: new Float32Array(1) });
    const bytes = zipSync({ "a.npy": one, "b.npy": one }, { level: 0, mtime: new Date(1980, 0, 1, 12) });
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const central = view.getUint32(bytes.length - 6, true);
    view.setUint32(central + 51 + 42, 0, true);
    bytes[central + 51 + 46] = 0x61;
    expect(refusal(() => parseNpz("x", bytes))).toBe(
      'x at byte 0: "a.npy": expected to end before "a.npy", at byte 0, found bytes shared with it, up to 167',
    );
  });

  test("a bomb behind a small claim stops early, and a stream that goes on after its end is refused", () => {
    const huge = encodeNpy({ shape: [16 * 1024 * 1024], data: new Float32Array(16 * 1024 * 1024) });
    const bomb = zipSync({ "a.npy": huge }, { level: 1, mtime: new Date(1980, 0, 1, 12) });
    const view = new DataView(bomb.buffer, bomb.byteOffset, bomb.byteLength);
    view.setUint32(view.getUint32(bomb.length - 6, true) + 24, 1000, true);
    expect(() => parseNpz("x", bomb)).toThrow(/deflated data: expected the 1000 bytes claimed, found more$/);

    const { bytes, central } = deflated();
    const padding = 2_000_000;
    const long = new Uint8Array(bytes.length + padding);
    long.set(bytes.subarray(0, central));
    long.set(bytes.subarray(central), central + padding);
    const longView = new DataView(long.buffer);
    longView.setUint32(central + padding + 20, longView.getUint32(central + padding + 20, true) + padding, true);
    longView.setUint32(long.length - 6, central + padding, true);
    expect(() => parseNpz("x", long)).toThrow(
      /deflated data: expected a deflate stream, found 327680 bytes that yield/,
    );
  });
});

test("a damaged archive is read or refused, never anything else", () => {
  const files = [read("stored.npz"), read("deflated.npz"), encodeNpz(parseNpz("d", read("deflated.npz")))];
  const edit = fc.record({ fromEnd: fc.boolean(), at: fc.nat(1500), value: fc.nat(255) });
  fc.assert(
    fc.property(
      fc.constantFrom(...files),
      fc.array(edit, { minLength: 1, maxLength: 5 }),
      fc.double({ min: 0, max: 2, noNaN: true }),
      (file, edits, part) => {
        const bytes = file.slice(0, Math.ceil(file.length * Math.min(1, part)));
        for (const { fromEnd, at, value } of edits) {
          const place = fromEnd ? bytes.length - 1 - at : at;
          if (place >= 0 && place < bytes.length) bytes[place] = value;
        }
        try {
          parseNpz("x", bytes);
        } catch (error) {
          expect(isPortError(error), String(error)).toBe(true);
        }
      },
    ),
    { numRuns: 1500 },
  );
});

describe("readNpz", () => {
  test("what is no readable file", async () => {
    await expect(readNpz(join(scratch, "none.npz"))).rejects.toMatchObject({ code: "format", exitCode: 3 });
    await expect(readNpz(scratch)).rejects.toThrow(/expected a \.npz file, found a folder or a device$/);
    await expect(readNpz("a\0b")).rejects.toMatchObject({ code: "format" });
    const text = join(scratch, "text.npz");
    writeFileSync(text, "hello");
    await expect(readNpz(text)).rejects.toThrow(`${text}: end record: expected a zip archive, found none in 5 bytes`);
  });

  test("an aborted signal", async () => {
    const signal = AbortSignal.abort();
    await expect(readNpz(fixture("biggan-mini.reference.npz"), { signal })).rejects.toMatchObject({
      code: "interrupted",
    });
  });
});
