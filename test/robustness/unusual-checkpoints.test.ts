/**
 * Checkpoints as TensorFlow may write them and the released modules are not known to be, as whole modules. The reader alone is held against TensorFlow in
 * test/formats/tf-bundle: shards, indexes of several blocks, every type, names that are not ASCII, 0-d and empty tensors (fixtures/bundles).
 */
import snappy from "snappyjs";
import { describe, expect, it } from "vitest";
import { openModel } from "../../src/mapping/open-model.js";
import { type IndexForm, rewriteCheckpoint, type StoredTensor } from "../helpers/checkpoint-editor.js";
import {
  archive,
  changed,
  expectAnswer,
  expectPicturesOfTensorFlow,
  expectSameParameters,
  parametersOf,
  USUAL,
  unpacked,
  withoutGraph,
} from "./differing-modules.js";

const extra = (name: string, shape: readonly number[]): StoredTensor => {
  const elements = shape.reduce((product, extent) => product * extent, 1);
  return { name, dataType: 1, shape, bytes: new Uint8Array(4 * elements) };
};

describe.each(USUAL)("%s with an index", (name) => {
  it.each<[string, IndexForm]>([
    ["of many blocks", { entriesPerBlock: 3 }],
    ["compressed with snappy", { compress: (block) => snappy.compress(new Uint8Array(block)) }],
    ["of many compressed blocks", { entriesPerBlock: 7, compress: (block) => snappy.compress(new Uint8Array(block)) }],
  ])("%s", async (_, form) => {
    const folder = await unpacked(name);
    await rewriteCheckpoint(folder, (tensors) => tensors, form);
    await expectSameParameters(folder, name);
  });

  it("of big-endian data: refused", async () => {
    const folder = await unpacked(name);
    await rewriteCheckpoint(folder, (tensors) => tensors, { endianness: 1 });
    await expectAnswer(
      ["check", folder],
      3,
      /variables\.index at byte \d+: bundle header: endianness: expected little-endian \(0\), found big-endian \(1\)/,
    );
  });
});

describe("tensors", () => {
  it.each(["float16", "bfloat16", "float64"])("of %s, as TensorFlow stored them", async (dtype) => {
    const name = `modules/biggan-${dtype}`;
    await using model = await openModel(archive(name));
    expect(model.source.tensors.get("Generator/GBlock/conv0/w/ema_b999900")?.dtype).toBe(dtype);
    expect(model.source.tensors.get("Generator/GBlock/conv0/u0")?.dtype).toBe(dtype);
    await expectPicturesOfTensorFlow(name);
  });

  it("of float64 for the accumulated statistics, where they are all there is", async () => {
    const statistic = /\/accumulated_(mean|var)$/;
    const folder = await changed(USUAL[0], (tensor) => {
      if (!statistic.test(tensor.name)) return tensor;
      const values = new Float32Array(Uint8Array.from(tensor.bytes).buffer);
      return { ...tensor, dataType: 2, bytes: new Uint8Array(Float64Array.from(values).buffer) };
    });
    const same = await parametersOf(await withoutGraph(await unpacked(USUAL[0])));
    expect(await parametersOf(await withoutGraph(folder))).toEqual(same);
  });

  it("whose names are not ASCII: named in full when nothing uses them, after the others", async () => {
    const name = "Generator/\u540d\u524d/\u00e9";
    const folder = await changed(USUAL[0], (tensor) => tensor, [extra(name, [2])]);
    await expectAnswer(["check", folder], 4, `${name} [2]: no rule uses or ignores this tensor`);
  });

  it("that are 0-d or empty: left out by name, refused where a weight must be", async () => {
    const vectors = /\/u[12]$/;
    const folder = await changed(USUAL[0], (tensor) =>
      vectors.test(tensor.name)
        ? { ...tensor, shape: tensor.name.endsWith("1") ? [0, 3] : [0], bytes: new Uint8Array() }
        : tensor,
    );
    await expectSameParameters(folder, USUAL[0]);
    const bias = "Generator/GBlock/conv0/b/ema_b999900";
    const without = await changed(USUAL[0], (tensor) =>
      tensor.name === bias ? { ...tensor, shape: [0], bytes: new Uint8Array() } : tensor,
    );
    await expectAnswer(["check", without], 4, `block0.conv0.b: expected shape [8], found [0] in ${bias}`);
    await using model = await openModel(folder);
    expect(model.source.tensors.get("prev_truncation")?.shape).toEqual([]);
  });
});
