import { copyFile, mkdir, readdir, readFile, rename, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { FormatError } from "../../../src/core/errors.js";
import { decodeFloats } from "../../../src/core/tensor.js";
import { recogniseModel } from "../../../src/formats/recognise.js";
import { openHubModule } from "../../../src/formats/tf-hub/hub-module.js";
import { unpackTarGz } from "../../../src/io/unpack-tar-gz.js";
import { countingFiles } from "../../helpers/counting-files.js";
import { fixture } from "../../helpers/fixtures.js";
import { gzipped, smallTar } from "../../helpers/small-tar.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";
import { difference, interpolate, readScopes, readValues } from "./structures.js";

async function unpacked(name: string): Promise<string> {
  const folder = path.join(await temporaryFolder(), name);
  await unpackTarGz(fixture(`${name}.tar.gz`), folder);
  return folder;
}

/** The temporary folders of this process: tests of other files have their own. */
async function workspaces(): Promise<readonly string[]> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith(`biggan-port-${process.pid}-`));
}

describe.each(["biggan-mini", "biggan-deep-mini"])("%s", (name) => {
  it("has the statistics that TensorFlow uses at each truncation", async () => {
    await using hub = await openHubModule(fixture(`${name}.tar.gz`));
    expect(hub.warnings).toEqual([]);
    const scopes = readScopes(name);
    expect(hub.facts?.batchNorms.map(({ scope }) => scope)).toEqual(scopes.map(({ scope }) => scope));
    const values = readValues(name);
    const rows = name === "biggan-mini" ? 50 : 51;
    for (const [k, { scope, channels }] of scopes.entries()) {
      for (const statistic of ["mean", "var"]) {
        const tensor = `${scope}/standing_${statistic}`;
        expect(hub.source.tensors.get(tensor)).toMatchObject({
          dtype: "float32",
          shape: [rows, channels],
          byteLength: rows * channels * 4,
          origin: expect.stringMatching(/^saved_model\.pb node stack(_\d+)?$/),
        });
        const table = Float32Array.from(decodeFloats(await hub.source.read(tensor), "float32"));
        const computed = values.get(`tf_${statistic}_${k}`)?.data ?? new Float32Array();
        for (const [i, truncation] of (values.get("truncation")?.data ?? []).entries()) {
          const row = interpolate(table, channels, hub.facts?.truncationGrid ?? [], truncation);
          const reference = computed.subarray(i * channels, (i + 1) * channels);
          expect(difference(row, reference), `${tensor} at ${truncation}`).toBeLessThan(1e-5);
        }
      }
    }
  });

  it("opens from a folder without reading a weight", async () => {
    const folder = await unpacked(name);
    const counting = countingFiles();
    {
      await using hub = await openHubModule(folder, { openFile: counting.openFile });
      expect(hub.source.file).toBe(folder);
      expect(hub.signatures.get("default")?.inputs).toMatchObject({ truncation: { dtype: "float32", shape: [] } });
      expect([...counting.bytesRead.keys()].sort()).toEqual(["saved_model.pb", "tfhub_module.pb", "variables.index"]);
      const weight = "linear/w";
      const info = hub.source.tensors.get(weight);
      expect((await hub.source.read(weight)).length).toBe(info?.byteLength);
      expect(counting.bytesRead.get("variables.data-00000-of-00001")).toBe(info?.byteLength);
    }
    expect(counting.open.size).toBe(0);
  });
});

describe("openHubModule", () => {
  it("lists all tensors sorted by name", async () => {
    await using hub = await openHubModule(await unpacked("biggan-mini"));
    const names = [...hub.source.tensors.keys()];
    expect(names).toEqual(names.toSorted());
    expect(names).toContain("Generator/GBlock/CrossReplicaBN/accumulated_mean");
    expect(names).toContain("prev_truncation");
  });

  it("takes the statistics of truncation 1 when there is no graph", async () => {
    const folder = await unpacked("biggan-mini");
    await rm(path.join(folder, "saved_model.pb"));
    await using hub = await openHubModule(folder);
    expect(hub.facts).toBeUndefined();
    expect(hub.warnings).toEqual([
      `${path.join(folder, "saved_model.pb")}: 7 of 7 batch norms: the file is missing: accumulated_mean and accumulated_var are used, which hold the statistics of truncation 1 only`,
    ]);
    const scope = "Generator/GBlock_1/CrossReplicaBN";
    expect(hub.source.tensors.get(`${scope}/standing_var`)).toMatchObject({
      shape: [1, 96],
      origin: expect.stringContaining("accumulated_var"),
    });
    expect(await hub.source.read(`${scope}/standing_var`)).toEqual(await hub.source.read(`${scope}/accumulated_var`));
  });

  it("refuses a damaged graph, and closes what it opened", async () => {
    const folder = await unpacked("biggan-mini");
    const counting = countingFiles();
    await truncate(path.join(folder, "saved_model.pb"), 500_000);
    await expect(openHubModule(folder, { openFile: counting.openFile })).rejects.toThrow(
      /saved_model\.pb at byte \d+: saved model/,
    );
    await truncate(path.join(folder, "saved_model.pb"), 0);
    await expect(openHubModule(folder, { openFile: counting.openFile })).rejects.toThrow(
      "saved_model.pb: saved model: expected at least one meta graph, found none",
    );
    expect(counting.open.size).toBe(0);
  });

  it("warns of another module format", async () => {
    const folder = await unpacked("biggan-mini");
    await writeFile(path.join(folder, "tfhub_module.pb"), Uint8Array.of(8, 4));
    await using hub = await openHubModule(folder);
    expect(hub.warnings).toEqual([expect.stringContaining("module format 4 instead of 3")]);
  });

  it("finds the module in a folder of the archive, unpacks it and nothing else, and removes it in the end", async () => {
    const folder = await unpacked("biggan-mini");
    // The index last, as tar packs what it finds: nothing is known of the data when they go by, and they go by once.
    const parts = ["variables/variables.data-00000-of-00001", "saved_model.pb", "variables/variables.index"];
    const entries = await Promise.all(
      parts.map(async (part) => ({ name: `biggan/2/${part}`, content: await readFile(path.join(folder, part)) })),
    );
    const archive = path.join(path.dirname(folder), "nested.bin");
    await writeFile(archive, await gzipped(await smallTar([...entries, { name: "biggan/notes.txt", content: "x" }])));
    const before = await workspaces();
    const progress: number[] = [];
    {
      await using hub = await openHubModule(archive, { onProgress: ({ bytes }) => progress.push(bytes) });
      expect(hub.source.file).toBe(archive);
      expect(hub.facts?.batchNorms).toHaveLength(7);
      expect((await hub.source.read("prev_truncation")).length).toBe(4);
    }
    expect(progress.at(-1)).toBe((await readFile(archive)).length);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(await workspaces()).toEqual(before);
  });

  it("refuses an archive of two modules, or of none", async () => {
    const folder = await temporaryFolder();
    const archive = async (names: readonly string[]) => {
      const file = path.join(folder, `${names.length}.tar.gz`);
      await writeFile(file, await gzipped(await smallTar(names.map((name) => ({ name, content: "" })))));
      return file;
    };
    await expect(openHubModule(await archive(["a/saved_model.pb", "b/saved_model.pb"]))).rejects.toThrow(
      "2.tar.gz: archive: expected one TF Hub module (variables/variables.index), found 2, in a, b",
    );
    await expect(openHubModule(await archive(["readme.txt"]))).rejects.toThrow("found none");
  });

  it("can be interrupted", async () => {
    await expect(openHubModule(fixture("biggan-mini.tar.gz"), { signal: AbortSignal.abort() })).rejects.toThrow(
      "interrupted",
    );
  });
});

describe("what holds a module", () => {
  it("is told by the content", async () => {
    const folder = await unpacked("biggan-mini");
    const archive = path.join(path.dirname(folder), "model.bin");
    await copyFile(fixture("biggan-mini.tar.gz"), archive);
    expect(await recogniseModel(folder)).toBe("tf-hub-folder");
    expect(await recogniseModel(archive)).toBe("tf-hub-archive");
    await rename(path.join(folder, "saved_model.pb"), path.join(folder, "graph.pb"));
    expect(await recogniseModel(folder)).toBe("tf-hub-folder");
    await expect(recogniseModel(path.join(folder, "graph.pb"))).rejects.toThrow(FormatError);
    await expect(recogniseModel(path.join(folder, "variables"))).rejects.toThrow(FormatError);
    await expect(recogniseModel(path.join(folder, "missing"))).rejects.toThrow(FormatError);
    const other = path.join(folder, "other.tar.gz");
    await writeFile(other, await gzipped(new Uint8Array(2000)));
    await expect(openHubModule(other)).rejects.toThrow(FormatError);
    await writeFile(other, (await readFile(archive)).subarray(0, 12));
    await expect(openHubModule(other)).rejects.toThrow(FormatError);
    await mkdir(path.join(folder, "empty"));
    await expect(recogniseModel(path.join(folder, "empty"))).rejects.toThrow(FormatError);
  });
});
