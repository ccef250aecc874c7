import { mkdir, readFile, rename, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FormatError, InterruptedError } from "../../src/core/errors.js";
import type { Manifest } from "../../src/export/manifest.js";
import { parseManifest, readManifest } from "../../src/export/read-manifest.js";
import { verifyFolder } from "../../src/export/verify-folder.js";
import { writeManifest } from "../../src/export/write-manifest.js";
import { inFolder, writeExported } from "../../src/export/written-file.js";
import { MANIFEST_FILE } from "../../src/formats/description/description.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

const HASH = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

const MANIFEST: Manifest = {
  format: "biggan-port",
  formatVersion: 1,
  tool: { name: "biggan-port", version: "0.1.0" },
  model: {
    family: "biggan",
    resolution: 128,
    classes: 1000,
    zDim: 120,
    parameters: 70433988,
    config: { family: "biggan", rows: [{ block: "up", in: 16, out: 16 }] },
    truncation: { kind: "input", grid: [0.02, 1], range: [0, 1] },
  },
  source: { kind: "tf-hub", file: "biggan-128.tar.gz", mapping: { name: "tfhub-biggan", sha256: HASH } },
  files: [
    { path: "tfjs/model.json", bytes: 0, sha256: HASH },
    { path: "goldens.npz", bytes: 0, sha256: HASH },
  ],
  layers: ["stem", "image"],
  goldens: { file: "goldens.npz", cases: 3 },
  parity: {
    verdict: "explained by rounding",
    reference: "float64",
    backends: [{ name: "tfjs-wasm", description: "tfjs", verdict: "explained by rounding", worst: 1e-5 }],
    worst: 1e-5,
  },
  warnings: [],
};

describe("manifest.json", () => {
  test("comes back as written, its files sorted, the same bytes each time", async () => {
    const folder = await temporaryFolder();
    const first = await writeManifest(folder, MANIFEST);
    const files = MANIFEST.files.toReversed();
    expect(await readManifest(folder)).toEqual({ ...MANIFEST, files });
    expect(await writeManifest(folder, { ...MANIFEST, files })).toEqual(first);
    const { parity: _, ...without } = MANIFEST;
    await writeManifest(folder, without);
    expect((await readManifest(folder)).parity).toBeUndefined();
  });

  test("damaged anywhere gives a manifest or a FormatError", () => {
    const good = new TextEncoder().encode(JSON.stringify(MANIFEST));
    const damage = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(damage, fc.nat(good.length), (changes, length) => {
        const bytes = good.slice(0, changes.length % 2 === 0 ? length : good.length);
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        try {
          parseManifest(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("is asked for in words where there is none, and never read when huge", async () => {
    const folder = await temporaryFolder();
    await expect(readManifest(folder)).rejects.toThrow(/^manifest\.json: file: expected the manifest of an exported/);
    await writeFile(join(folder, MANIFEST_FILE), "");
    await truncate(join(folder, MANIFEST_FILE), 5 * 1024 * 1024);
    await expect(readManifest(folder)).rejects.toThrow(/^manifest\.json: size: expected at most 4194304 bytes/);
  });
});

describe("verifyFolder", () => {
  async function exported(): Promise<{ folder: string; shard: string }> {
    const folder = await temporaryFolder();
    await mkdir(join(folder, "tfjs"));
    const model = await writeExported(join(folder, "tfjs"), "model.json", new TextEncoder().encode("{}"));
    const shard = await writeExported(join(folder, "tfjs"), "group1-shard1of1.bin", new Uint8Array(100));
    await writeManifest(folder, { ...MANIFEST, files: inFolder("tfjs", [model, shard]) });
    return { folder, shard: join(folder, "tfjs/group1-shard1of1.bin") };
  }

  test("passes what was written", async () => {
    const { folder } = await exported();
    expect((await verifyFolder(folder)).files.map((file) => file.path)).toEqual([
      "tfjs/group1-shard1of1.bin",
      "tfjs/model.json",
    ]);
  });

  test("finds a changed byte, another size, a missing file, a link", async () => {
    const { folder, shard } = await exported();
    const good = await readFile(shard);
    await writeFile(
      shard,
      good.map((value, index) => (index === 50 ? 1 : value)),
    );
    await expect(verifyFolder(folder)).rejects.toThrow(
      /^tfjs\/group1-shard1of1\.bin: sha256: expected [0-9a-f]{64}, found [0-9a-f]{64}$/,
    );
    await truncate(shard, 99);
    await expect(verifyFolder(folder)).rejects.toThrow(
      "tfjs/group1-shard1of1.bin: size: expected 100 bytes, found 99 bytes",
    );
    await rm(shard);
    await expect(verifyFolder(folder)).rejects.toThrow(
      "tfjs/group1-shard1of1.bin: size: expected 100 bytes, found no file",
    );
    await writeFile(join(folder, "elsewhere"), good);
    await symlink(join(folder, "elsewhere"), shard);
    await expect(verifyFolder(folder)).rejects.toThrow(/size: expected 100 bytes, found no plain file$/);
    await rm(shard);
    await rename(join(folder, "elsewhere"), shard);
    await expect(verifyFolder(folder)).resolves.toBeDefined();
    await expect(verifyFolder(folder, { signal: AbortSignal.abort() })).rejects.toThrow(InterruptedError);
  });
});
