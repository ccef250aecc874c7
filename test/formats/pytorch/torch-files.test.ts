import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { decodeFloats, isFloat } from "../../../src/core/tensor.js";
import { PIECE_BYTES } from "../../../src/core/tensor-source.js";
import { openPyTorch, type PyTorchFile } from "../../../src/formats/pytorch/open-pytorch.js";
import { recogniseModel } from "../../../src/formats/recognise.js";
import { countingFiles } from "../../helpers/counting-files.js";
import { fixture } from "../../helpers/fixtures.js";
import { golden, goldenBytes } from "../../helpers/golden.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

const tensorSchema = z.object({ dtype: z.string(), shape: z.array(z.number()), values: z.array(z.number()) });
const EXPECTED = z
  .record(z.string(), z.record(z.string(), tensorSchema))
  .parse(JSON.parse(readFileSync(golden("pytorch/expected.json"), "utf8")));

const NAMES = readdirSync(golden("pytorch")).filter((name) => name.endsWith(".pth"));
const NOT_READ = ["int8", "complex64", "uint16", "float8_e4m3fn"];

function numbers(bytes: Uint8Array, dtype: string): number[] {
  const copy = new Uint8Array(bytes);
  if (dtype === "int64") return Array.from(new BigInt64Array(copy.buffer), Number);
  if (dtype === "int32") return Array.from(new Int32Array(copy.buffer));
  if (dtype === "uint8" || dtype === "bool") return [...copy];
  if (dtype === "float32" || dtype === "float64" || dtype === "float16" || dtype === "bfloat16") {
    expect(isFloat(dtype)).toBe(true);
    return Array.from(decodeFloats(copy, dtype));
  }
  throw new TypeError(dtype);
}

async function inPieces(file: PyTorchFile, name: string): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of file.pieces?.(name, { unit: 8 }) ?? []) pieces.push(piece.slice());
  return Buffer.concat(pieces);
}

describe("what torch wrote", () => {
  test("is of four versions and both serialisations", () => {
    expect(NAMES.sort()).toEqual(Object.keys(EXPECTED).sort());
    expect([...new Set(NAMES.map((name) => name.split("-")[0]))]).toEqual(["1.0", "1.12", "1.6", "2.14"]);
  });

  test.each(NAMES)("%s has torch's own names, types, shapes and values", async (name) => {
    await using file = await openPyTorch(golden(`pytorch/${name}`));
    expect(await recogniseModel(golden(`pytorch/${name}`))).toBe(file.format);
    const expected = EXPECTED[name] ?? {};
    const readable = Object.keys(expected).filter((key) => !NOT_READ.includes(expected[key]?.dtype ?? ""));
    expect([...file.tensors.keys()]).toEqual(readable.sort());
    expect([...file.unsupported.keys()]).toEqual(
      Object.keys(expected)
        .filter((key) => !readable.includes(key))
        .sort(),
    );
    for (const key of readable) {
      const { dtype, shape, values } = expected[key] ?? { dtype: "", shape: [], values: [] };
      expect(file.tensors.get(key), key).toMatchObject({ dtype, shape });
      const bytes = await file.read(key);
      expect(numbers(bytes, dtype), key).toEqual(values);
      expect(Buffer.from(await inPieces(file, key)).equals(bytes), key).toBe(true);
      expect(file.tensors.get(key)?.byteLength).toBe(bytes.length);
    }
  });

  test("may hold other things, which are listed in words", async () => {
    await using file = await openPyTorch(golden("pytorch/2.14-checkpoint.pth"));
    const entries = Object.fromEntries(file.otherEntries);
    expect(entries).toMatchObject({
      epoch: "3",
      best: "12.5",
      big: "1180591620717411303424",
      names: "a list of 4",
      "counts.a": "2",
      size: "a tuple of 2",
      "args.lr": "0.5",
      "args.device": "torch.device cpu",
      "args.raw": "2 bytes",
      "args.some": "a set of 2",
      dtype: "torch.float16",
    });
    expect(Object.keys(entries)).toContain("optimizer.param_groups.0.lr");
  });

  test("may have pickles longer than what is read at first", async () => {
    const path = join(await temporaryFolder(), "many.pth");
    await writeFile(path, goldenBytes("pytorch/2.14-large-pickle.pth.gz"));
    await using file = await openPyTorch(path);
    expect(file.tensors.size).toBe(1500);
    expect(numbers(await file.read(`${"layer.".repeat(25)}1234`), "float32")).toEqual([1234]);
  });
});

describe("weights of the trained fixtures", () => {
  test.each([
    ["biggan-mini/G_ema.pth", "biggan-mini"],
    ["biggan-mini/D.pth", "biggan-mini-discriminator"],
    ["biggan-deep-mini/pytorch_model.bin", "biggan-deep-mini"],
  ])("%s are to the byte what torch reads", async (name, hashes) => {
    await using file = await openPyTorch(fixture(`pytorch/${name}`));
    const found: string[] = [];
    for (const { name: key, shape } of file.tensors.values()) {
      const digest = createHash("sha256").update(await file.read(key));
      found.push(`${key} ${shape.join("x") || "scalar"} ${digest.digest("hex")}`);
    }
    expect(found).toEqual(
      readFileSync(golden(`naming/${hashes}.txt`), "utf8")
        .trim()
        .split("\n"),
    );
  });
});

describe("reading", () => {
  test("gives parts of contiguous tensors, and takes memory that is given", async () => {
    await using file = await openPyTorch(golden("pytorch/2.14-module.pth"));
    const whole = await file.read("0.weight");
    expect(await file.slice?.("0.weight", 4, 12)).toEqual(whole.subarray(4, 12));
    const into = new Uint8Array(whole.length);
    for await (const piece of file.pieces?.("0.weight", { into }) ?? []) expect(piece.buffer).toBe(into.buffer);
    expect(into).toEqual(whole);
    await expect(file.slice?.("0.weight", 4, 1000)).rejects.toThrow(/a range inside the 24 bytes/);
    await expect(file.read("none")).rejects.toThrow(/expected a tensor that can be read, found none of this name$/);
  });

  test("has no parts where a tensor is strided, and strided tensors in pieces of their own memory", async () => {
    await using file = await openPyTorch(golden("pytorch/2.14-zip-protocol2.pth"));
    expect(file.slice).toBeUndefined();
    const into = new Uint8Array(96);
    const seen: number[] = [];
    for await (const piece of file.pieces?.("transposed", { into, unit: PIECE_BYTES }) ?? []) seen.push(piece.length);
    expect(seen).toEqual([96]);
    expect(into).toEqual(await file.read("transposed"));
    expect(file.tensors.get("transposed")?.origin).toMatch(/data\/\d+, strided$/);
  });

  test.each(["zip", "legacy"])(
    "of a %s file begins when a tensor is asked for, and ends with the file closed",
    async (kind) => {
      const files = countingFiles();
      const name = `2.14-${kind}-protocol2.pth`;
      {
        await using file = await openPyTorch(golden(`pytorch/${name}`), { openFile: files.openFile });
        expect(files.open).toEqual(new Set([name]));
        const atOpening = files.bytesRead.get(name) ?? 0;
        await file.read("double");
        expect((files.bytesRead.get(name) ?? 0) - atOpening).toBeLessThan(200);
      }
      expect(files.open).toEqual(new Set());
    },
  );

  test("verifies the checksum of a whole storage, also when a part of it is read", async () => {
    const bytes = Buffer.from(goldenBytes("pytorch/2.14-zip-protocol2.pth"));
    const grid = Buffer.alloc(8);
    grid.writeFloatLE(-1, 0);
    grid.writeFloatLE(Math.fround(1 / 7) - 1, 4);
    const at = bytes.lastIndexOf(grid.subarray(0, 4));
    bytes[at] = 1;
    const path = join(await temporaryFolder(), "flipped.pth");
    await writeFile(path, bytes);
    await using file = await openPyTorch(path);
    const outcomes = await Promise.allSettled(["shared", "view", "plain"].map((name) => file.read(name)));
    expect(
      outcomes.some((outcome) => outcome.status === "rejected" && /CRC-32: expected 0x/.test(outcome.reason.message)),
    ).toBe(true);
  });

  test("stops at an aborted signal", async () => {
    await expect(openPyTorch(golden("pytorch/2.14-alone.pth"), { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: "interrupted",
    });
  });
});
