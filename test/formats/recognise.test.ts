import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { locateModel, recogniseModel } from "../../src/formats/recognise.js";
import { fixture } from "../helpers/fixtures.js";
import { golden } from "../helpers/golden.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

const TORCH = golden("pytorch/2.14-module.pth");

/** A folder with these files: copies, or texts. */
async function folderOf(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = join(await temporaryFolder(), "model");
  await mkdir(folder);
  for (const [name, content] of Object.entries(files)) {
    if (typeof content === "string" && content.startsWith("/")) await copyFile(content, join(folder, name));
    else await writeFile(join(folder, name), content);
  }
  return folder;
}

describe("a file is known by its content", () => {
  test.each([
    ["pytorch-zip", "pytorch/2.14-module.pth"],
    ["pytorch-legacy", "pytorch/2.14-legacy-protocol2.pth"],
    ["pytorch-legacy", "pytorch/2.14-legacy-protocol5.pth"],
    ["pytorch-legacy", "pytorch/2.14-legacy-protocol1.pth"],
    ["npz", "npy/deflated.npz"],
    ["safetensors", "safetensors/every-type.safetensors"],
    ["sharded", "sharded/pytorch/pytorch_model.bin.index.json"],
  ] as const)("%s: %s", async (kind, name) => {
    const folder = await folderOf({ "no.name": golden(name) });
    expect(await recogniseModel(join(folder, "no.name"))).toBe(kind);
  });

  test("HDF5", async () => {
    const folder = await folderOf({
      weights: Buffer.concat([Buffer.from("\x89HDF\r\n\x1a\n", "latin1"), Buffer.alloc(8)]),
    });
    expect(await recogniseModel(join(folder, "weights"))).toBe("hdf5");
  });

  test.each([
    [
      "a tar archive (of PyTorch before 0.1.10, or a module that is not gzipped)",
      fixture("broken/pytorch/tar-of-2016.pth"),
    ],
    [
      "a Python pickle, but none of torch.save",
      Buffer.from("\x80\x02}q\x00X\x01\x00\x00\x00aJ\x01\x00\x00\x00s.", "latin1"),
    ],
    ["a JSON file that is no index of shards (of an export, give the folder)", '{"weights": [1, 2, 3]}'],
    ["an HTML page (a failed download?)", "<!doctype html><title>404</title>"],
    ["an empty file", ""],
  ])("no model: %s", async (words, content) => {
    const folder = await folderOf({ file: content });
    await expect(recogniseModel(join(folder, "file"))).rejects.toThrow(`found ${words}`);
  });
});

describe("a folder", () => {
  test("with one file of weights is that file", async () => {
    const folder = await folderOf({ "weights.pth": TORCH, "config.json": "{}", "notes.bin": "not weights at all" });
    expect(await locateModel(folder)).toEqual({ kind: "pytorch-zip", file: join(folder, "weights.pth") });
  });

  test("of a Hugging Face repository is the file that others would take", async () => {
    const both = { "pytorch_model.bin": TORCH, "D.pth": TORCH, "config.json": "{}" };
    const folder = await folderOf(both);
    expect(await locateModel(folder)).toEqual({ kind: "pytorch-zip", file: join(folder, "pytorch_model.bin") });
    await copyFile(golden("safetensors/every-type.safetensors"), join(folder, "model.safetensors"));
    expect(await locateModel(folder)).toEqual({ kind: "safetensors", file: join(folder, "model.safetensors") });
  });

  test("with several is refused by their names", async () => {
    const folder = await folderOf({ "G.pth": TORCH, "D.pth": TORCH });
    await expect(locateModel(folder)).rejects.toThrow(
      /found a folder with several files of weights \(D\.pth, G\.pth\): name one$/,
    );
  });

  test("with none, or with a damaged one, is refused", async () => {
    await expect(locateModel(await folderOf({ "readme.txt": "" }))).rejects.toThrow(
      /found a folder with neither variables\//,
    );
    await expect(locateModel(await folderOf({ "G.pth": "PK\x03\x04 and no more" }))).rejects.toThrow(
      /G\.pth: end record: expected a zip archive, found none in 16 bytes$/,
    );
    await expect(locateModel(await folderOf({ "data.pkl": "" }))).rejects.toThrow(
      /the unpacked content of a PyTorch file/,
    );
  });

  test("with a model.json is a layers model, unless this tool wrote it", async () => {
    const theirs = await folderOf({ "model.json": '{"format": "layers-model", "weightsManifest": []}' });
    expect(await locateModel(theirs)).toEqual({ kind: "tfjs-layers-folder", file: theirs });
    expect(await locateModel(join(theirs, "model.json"))).toEqual({ kind: "tfjs-layers-folder", file: theirs });
    const ours = await folderOf({ "model.json": '{"generatedBy": "biggan-port", "weightsManifest": []}' });
    expect(await recogniseModel(ours)).toBe("tfjs-folder");
    expect(await recogniseModel(await folderOf({ "model.json": "{" }))).toBe("tfjs-folder");
  });
});

test("a path of nothing", async () => {
  await expect(recogniseModel(join(await temporaryFolder(), "none"))).rejects.toThrow(/no such file or folder/);
});
