import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { decodeFloats, type FloatArray } from "../../src/core/tensor.js";
import { openPyTorch } from "../../src/formats/pytorch/open-pytorch.js";
import { describeTransform } from "../../src/mapping/describe-transform.js";
import { isMove } from "../../src/mapping/moves.js";
import { type Model, openModel } from "../../src/mapping/open-model.js";
import { fillsParameter } from "../../src/mapping/resolve.js";
import { transformed } from "../../src/mapping/transformed.js";
import { fixture } from "../helpers/fixtures.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

/** A parameter's numbers in our order, before a spectral norm divides them. */
async function movedOnly({ source, resolution }: Model, parameter: string): Promise<FloatArray> {
  const assignment = resolution.assignments.find(({ target }) => target === parameter);
  const info = source.tensors.get(assignment?.source ?? "");
  if (assignment === undefined || info === undefined) throw new Error(`nothing fills ${parameter}`);
  const stored = decodeFloats(await source.read(info.name), info.dtype);
  const unread = () => Promise.reject(new Error("a move reads nothing else"));
  return (await transformed(stored, info.shape, assignment.transforms.filter(isMove), unread)).values;
}

/** A PyTorch file's tensors under the same names in safetensors, by the format's description: https://huggingface.co/docs/safetensors */
async function asSafetensors(file: string, target: string): Promise<string> {
  await using source = await openPyTorch(file);
  const parts: Uint8Array[] = [];
  const header: Record<string, unknown> = {};
  let offset = 0;
  for (const { name, shape, dtype, byteLength } of source.tensors.values()) {
    expect(dtype).toBe("float32");
    header[name] = { dtype: "F32", shape, data_offsets: [offset, offset + byteLength] };
    parts.push(await source.read(name));
    offset += byteLength;
  }
  const json = Buffer.from(JSON.stringify(header));
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(json.length));
  await writeFile(target, Buffer.concat([size, json, ...parts]));
  return target;
}

/** Whether two arrays are of one type and the same bytes; `toEqual` takes seconds for a million numbers. */
function sameBytes(a: FloatArray, b: FloatArray): boolean {
  const bytes = ({ buffer, byteOffset, byteLength }: FloatArray) => Buffer.from(buffer, byteOffset, byteLength);
  return a.constructor === b.constructor && bytes(a).equals(bytes(b));
}

async function expectSame(a: Model, b: Model, except: (parameter: string) => boolean = () => false): Promise<void> {
  expect([...a.graph.parameters.keys()]).toEqual([...b.graph.parameters.keys()]);
  for (const parameter of a.graph.parameters.keys()) {
    if (except(parameter)) continue;
    expect(sameBytes(await movedOnly(a, parameter), await movedOnly(b, parameter)), parameter).toBe(true);
  }
}

describe("the same weights", () => {
  it("of BigGAN from a PyTorch and an HDF5 file are the same bytes where they were only moved", async () => {
    await using pytorch = await openModel(fixture("pytorch/biggan-mini/G_ema.pth"));
    await using hdf5 = await openModel(fixture("pytorch/biggan-mini/weights.h5"));
    await expectSame(pytorch, hdf5);
  });

  it("of BigGAN from an HDF5 file and the TF Hub module, but for statistics", async () => {
    await using hdf5 = await openModel(fixture("pytorch/biggan-mini/weights.h5"));
    await using hub = await openModel(fixture("biggan-mini.tar.gz"));
    await expectSame(hdf5, hub, (parameter) => /\.(mean|variance)$/.test(parameter));
  });

  it("of BigGAN-deep from a PyTorch file and the TF Hub module, but for statistics", async () => {
    await using pytorch = await openModel(fixture("pytorch/biggan-deep-mini/pytorch_model.bin"));
    await using hub = await openModel(fixture("biggan-deep-mini.tar.gz"));
    await expectSame(pytorch, hub, (parameter) => /\.(mean|variance)$/.test(parameter));
  });

  it.each(["biggan-mini/G_ema.pth", "biggan-deep-mini/pytorch_model.bin"])(
    "of %s in a PyTorch and a safetensors file are the same bytes, spectral norm included",
    async (name) => {
      const file = fixture(`pytorch/${name}`);
      await using pytorch = await openModel(file);
      const target = join(await temporaryFolder(), "G.safetensors");
      await using safetensors = await openModel(await asSafetensors(file, target));
      const [ours, theirs] = [pytorch.parameters(), safetensors.parameters()];
      for (const parameter of pytorch.graph.parameters.keys()) {
        expect(sameBytes(await theirs.read(parameter), await ours.read(parameter)), parameter).toBe(true);
      }
    },
  );
});

describe("pieces and ranges of a parameter", () => {
  it.each(["biggan-mini/G_ema.pth", "biggan-mini/weights.h5", "biggan-deep-mini/pytorch_model.bin"])(
    "are its values in float32: %s",
    async (name) => {
      await using model = await openModel(fixture(`pytorch/${name}`));
      const parameters = model.parameters();
      for (const parameter of ["stem.w", "block1.conv1.w", "block0.bn1.gain.w", "final.mean"]) {
        const whole = Float32Array.from(await parameters.read(parameter));
        const collect = async (range?: readonly [number, number]) => {
          const bytes: Buffer[] = [];
          for await (const piece of parameters.pieces?.(parameter, { range }) ?? []) {
            // A piece is valid until the next: copied.
            bytes.push(Buffer.from(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)));
          }
          return new Float32Array(new Uint8Array(Buffer.concat(bytes)).buffer);
        };
        expect(sameBytes(await collect(), whole), parameter).toBe(true);
        const part = await collect([5, whole.length - 3]);
        expect(sameBytes(part, whole.slice(5, whole.length - 3)), parameter).toBe(true);
      }
    },
  );
});

describe("the mapping of a file that others wrote", () => {
  it.each([
    "biggan-mini/G_ema.pth",
    "biggan-mini/weights.h5",
    "biggan-deep-mini/pytorch_model.bin",
    "tiny-huggingface/pytorch_model.bin",
    "tiny-huggingface/folded.bin",
    "tiny-huggingface/parametrized.bin",
    "tiny-biggan-pytorch/training.pth",
    "tiny-biggan-pytorch/cross_replica.pth",
    "tiny-biggan-deep-pytorch/G_ema.pth",
  ])("is total, as the golden table says: %s", async (name) => {
    await using model = await openModel(fixture(`pytorch/${name}`));
    const { graph, resolution, source } = model;
    expect(resolution.issues).toEqual([]);
    expect([...resolution.uses.keys()].sort()).toEqual([...source.tensors.keys()].sort());
    const lines = resolution.assignments.map(({ target, source: from, transforms }) =>
      [target, "<-", from, ...transforms.map(describeTransform)].join(" "),
    );
    const left = [...resolution.uses].filter(([, use]) => !fillsParameter(graph, use));
    const ignored = left.map(([tensor, reason]) => `# ${tensor}: ${reason}`);
    const table = `../golden/mapping/fixtures/${name.replaceAll(/[/.]/g, "-")}.txt`;
    await expect([...lines, ...ignored, ""].join("\n")).toMatchFileSnapshot(table);
  });
});
