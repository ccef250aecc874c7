import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { BYTES_PER_ELEMENT, decodeFloats } from "../../../src/core/tensor.js";
import { openHdf5 } from "../../../src/formats/hdf5/open-hdf5.js";
import { answerOf } from "../../helpers/broken.js";
import { golden } from "../../helpers/golden.js";

const tensors = z.record(z.string(), z.object({ dtype: z.string(), shape: z.array(z.number()), sha256: z.string() }));
const EXPECTED = z.record(z.string(), tensors).parse(JSON.parse(readFileSync(golden("hdf5/expected.json"), "utf8")));

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

describe("what h5py wrote", () => {
  test.each(Object.entries(EXPECTED))("%s has its names, types, shapes and values", async (name, expected) => {
    await using file = await openHdf5(golden(`hdf5/${name}`));
    expect([...file.tensors.keys()]).toEqual(Object.keys(expected).sort());
    for (const [tensor, { dtype, shape, sha256: digest }] of Object.entries(expected)) {
      const info = file.tensors.get(tensor);
      expect({ dtype: info?.dtype, shape: info?.shape }, tensor).toEqual({ dtype, shape });
      const bytes = await file.read(tensor);
      expect(bytes.byteLength, tensor).toBe(info?.byteLength);
      expect(sha256(bytes), tensor).toBe(digest);
    }
  });

  test.each(["many.h5", "many-latest.h5"])("%s has every name of a tree of several levels", async (name) => {
    await using file = await openHdf5(golden(`hdf5/${name}`));
    expect(file.tensors.size).toBe(300);
    for (const index of [0, 7, 150, 299]) {
      expect([...decodeFloats(await file.read(`tensors/${index}`), "float32")]).toEqual([index, index]);
    }
  });

  test.each(["types-earliest.h5", "types-latest.h5"])("%s says what is left out, and why", async (name) => {
    await using file = await openHdf5(golden(`hdf5/${name}`));
    expect(Object.fromEntries(file.unsupported)).toEqual({
      "left/compound": "compound values, which are not supported",
      "left/dangling": "a soft link to /nowhere",
      "left/elsewhere": "bytes in other files, which are not read",
      "left/enumeration": "enumerated values, which are not supported",
      "left/external": "a link to /x in another file, other.h5",
      "left/fixed text": "strings, which are not supported",
      "left/int16": "signed 16-bit integers, which are not supported",
      "left/itself": "a soft link to /left/itself",
      "left/lists": "lists of variable length, which are not supported",
      "left/lzf": "packed by filter 32000 (lzf), which is not supported",
      "left/never written": "never written",
      "left/nothing": "nothing: a dataspace without elements",
      "left/odd float": "floats of 32 bits in a layout that is not supported",
      "left/soft": "a soft link to /scalar",
      "left/text": "lists of variable length, which are not supported",
      "left/type": "a type without data",
      "left/uint32": "unsigned 32-bit integers, which are not supported",
      "left/view": "a view of other datasets, which is not supported",
    });
    expect(await answerOf(() => file.read("left/external"))).toEqual({
      code: "format",
      message: `${name}: dataset left/external: expected a dataset that can be read, found a link to /x in another file, other.h5`,
    });
    expect((await answerOf(() => file.read("x")))?.message).toMatch(/found none of this name$/);
  });

  test("says where numbers are", async () => {
    await using chunks = await openHdf5(golden("hdf5/chunks-earliest.h5"));
    expect(chunks.tensors.get("gzip+shuffle")?.origin).toBe("chunks of [16, 4], shuffle, deflate");
    await using compact = await openHdf5(golden("hdf5/user-block.h5"));
    expect(compact.tensors.get("compact")?.origin).toBe("compact");
    await using types = await openHdf5(golden("hdf5/types-earliest.h5"));
    const at = Number(/^@ (\d+)$/.exec(types.tensors.get("integers/u1")?.origin ?? "")?.[1]);
    const stored = readFileSync(golden("hdf5/types-earliest.h5")).subarray(at, at + 12);
    expect(Buffer.from(await types.read("integers/u1")).equals(stored)).toBe(true);
  });
});

describe("parts of a tensor are those of the whole", () => {
  test("in pieces of rows, side by side in memory that is given", async () => {
    await using file = await openHdf5(golden("hdf5/chunks-latest.h5"));
    for (const [name, { shape, dtype, byteLength }] of file.tensors) {
      const whole = await file.read(name);
      const unit = (shape.at(-1) ?? 1) * BYTES_PER_ELEMENT[dtype];
      const into = new Uint8Array(byteLength);
      const pieces: Uint8Array[] = [];
      for await (const piece of file.pieces?.(name, { unit, into }) ?? []) {
        expect(piece.byteLength % unit, name).toBe(0);
        pieces.push(piece);
      }
      expect(Buffer.concat(pieces).equals(whole), name).toBe(true);
      expect(Buffer.from(into).equals(whole), name).toBe(true);
    }
  });

  test("in any range of bytes", async () => {
    await using file = await openHdf5(golden("hdf5/chunks-latest.h5"));
    const whole = await file.read("four axes");
    for (const [start, end] of [
      [0, 4],
      [3, 722],
      [61, 62],
      [240, 480],
      [719, 720],
      [0, 0],
      [100, 700],
    ] as const) {
      const stop = Math.min(end, whole.length);
      const part = await file.slice?.("four axes", start, stop);
      expect(part && Buffer.from(part).equals(whole.subarray(start, stop)), `${start} to ${stop}`).toBe(true);
      const into = new Uint8Array(800);
      await file.slice?.("four axes", start, stop, { into });
      expect(Buffer.from(into.subarray(0, stop - start)).equals(whole.subarray(start, stop))).toBe(true);
    }
    expect((await answerOf(async () => file.slice?.("four axes", 0, whole.length + 1)))?.message).toMatch(
      /tensor|dataset four axes: expected a range inside/,
    );
  });

  test("asked for at the same time", async () => {
    await using file = await openHdf5(golden("hdf5/chunks-earliest.h5"));
    const names = [...file.tensors.keys()];
    const alone: string[] = [];
    for (const name of names) alone.push(sha256(await file.read(name)));
    expect((await Promise.all(names.map((name) => file.read(name)))).map(sha256)).toEqual(alone);
  });
});

describe("openHdf5 gives up", () => {
  const FILE = golden("hdf5/types-latest.h5");

  test("when aborted", async () => {
    const signal = AbortSignal.abort();
    expect(await answerOf(() => openHdf5(FILE, { signal }))).toMatchObject({ code: "interrupted" });
    const controller = new AbortController();
    const opening = answerOf(() => openHdf5(FILE, { signal: controller.signal }));
    setTimeout(() => controller.abort(), 20);
    expect(await opening).toMatchObject({ code: "interrupted" });
    await using file = await openHdf5(FILE);
    expect(await answerOf(() => file.read("scalar", { signal }))).toMatchObject({ code: "interrupted" });
    expect((await file.read("scalar")).byteLength).toBe(4);
  });

  test("when libhdf5 does not answer in time", async () => {
    expect((await answerOf(() => openHdf5(FILE, { timeLimit: 1 })))?.message).toBe(
      "types-latest.h5: groups: expected HDF5 that libhdf5 can read, found no answer within 0.001 s",
    );
  });

  test("when closed", async () => {
    const file = await openHdf5(FILE);
    await file[Symbol.asyncDispose]();
    expect((await answerOf(() => file.read("scalar")))?.message).toMatch(/found the file was closed$/);
  });

  test("on a file that is not there, and on a folder", async () => {
    expect((await answerOf(() => openHdf5(`${FILE}x`)))?.message).toMatch(/no such file or folder \(ENOENT\)$/);
    expect((await answerOf(() => openHdf5(golden("hdf5"))))?.message).toMatch(/expected a file, found a folder$/);
  });

  test.runIf(process.platform === "linux")("without leaving the file open", async () => {
    const open = async () => (await readdir("/proc/self/fd")).length;
    await (await openHdf5(FILE))[Symbol.asyncDispose]();
    const before = await open();
    for (let round = 0; round < 3; round++) await (await openHdf5(FILE))[Symbol.asyncDispose]();
    expect(await open()).toBeLessThanOrEqual(before);
  });
});
