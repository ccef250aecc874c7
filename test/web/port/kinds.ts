import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { decodeFloats, type Tensor } from "../../../src/core/tensor.js";
import { encodeNpz } from "../../../src/formats/npy/npz.js";
import { openPyTorch } from "../../../src/formats/pytorch/open-pytorch.js";

export type Tensors = ReadonlyMap<string, Tensor>;

/** The tensors of a PyTorch file. */
export async function tensorsOf(file: string): Promise<Tensors> {
  await using source = await openPyTorch(file);
  const tensors = new Map<string, Tensor>();
  for (const { name, shape, dtype } of source.tensors.values()) {
    tensors.set(name, { shape, data: decodeFloats(await source.read(name), dtype) });
  }
  return tensors;
}

const bytesOf = ({ data }: Tensor) => Buffer.from(Float32Array.from(data).buffer);

const uint64 = (value: number) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
};

/** https://huggingface.co/docs/safetensors */
function safetensors(tensors: Tensors): Buffer {
  const header: Record<string, unknown> = {};
  let offset = 0;
  for (const [name, { shape, data }] of tensors) {
    header[name] = { dtype: "F32", shape, data_offsets: [offset, offset + 4 * data.length] };
    offset += 4 * data.length;
  }
  const json = Buffer.from(JSON.stringify(header));
  return Buffer.concat([uint64(json.length), json, ...[...tensors.values()].map(bytesOf)]);
}

/** A pickle of protocol 2: https://github.com/python/cpython/blob/3.13/Lib/pickletools.py */
const pickle = (...parts: (string | Buffer)[]) =>
  Buffer.concat([Buffer.from([0x80, 2]), ...parts.map((part) => Buffer.from(part)), Buffer.from(".")]);
const text = (value: string) => {
  const size = Buffer.alloc(5, "X");
  size.writeUInt32LE(Buffer.byteLength(value), 1);
  return Buffer.concat([size, Buffer.from(value)]);
};
const integer = (value: number) => {
  const bytes = Buffer.alloc(5, "J");
  bytes.writeInt32LE(value, 1);
  return bytes;
};
const tuple = (...items: (string | Buffer)[]) => Buffer.concat(["(", ...items, "t"].map((item) => Buffer.from(item)));
const long = (hex: string) => Buffer.concat([Buffer.from([0x8a, hex.length / 2]), Buffer.from(hex, "hex")]);

function stridesOf(shape: readonly number[]): number[] {
  return shape.map((_, axis) => shape.slice(axis + 1).reduce((product, extent) => product * extent, 1));
}

/** As `torch.save(state, file, _use_new_zipfile_serialization=False)`: https://github.com/pytorch/pytorch/blob/v2.4.0/torch/serialization.py#L640 */
function legacyPyTorch(tensors: Tensors): Buffer {
  const entries = [...tensors].flatMap(([name, { shape, data }], index) => {
    const storage = tuple(
      text("storage"),
      "ctorch\nFloatStorage\n",
      text(`${index}`),
      text("cpu"),
      integer(data.length),
      "N",
    );
    const view = [storage, "Q", integer(0), tuple(...shape.map(integer)), tuple(...stridesOf(shape).map(integer))];
    const hooks = ["\x89", "ccollections\nOrderedDict\n", ")R"].map((part) => Buffer.from(part, "latin1"));
    return [text(name), "ctorch._utils\n_rebuild_tensor_v2\n", tuple(...view, ...hooks), "R"];
  });
  const keys = [...tensors.keys()].map((_, index) => text(`${index}`));
  return Buffer.concat([
    pickle(long("6cfc9c46f9206aa85019")),
    pickle(integer(1001)),
    pickle("}", text("little_endian"), Buffer.from([0x88]), "s"),
    pickle("}(", ...entries, "u"),
    pickle("](", ...keys, "e"),
    ...[...tensors.values()].flatMap((tensor) => [uint64(tensor.data.length), bytesOf(tensor)]),
  ]);
}

/** A tfjs layers model's weights: https://github.com/tensorflow/tfjs/blob/tfjs-v4.22.0/tfjs-core/src/io/types.ts (`WeightsManifestConfig`) */
function tfjsLayers(tensors: Tensors): readonly (readonly [string, Buffer])[] {
  const weights = [...tensors].map(([name, { shape }]) => ({ name, shape, dtype: "float32" }));
  const model = { format: "layers-model", weightsManifest: [{ paths: ["weights.bin"], weights }] };
  return [
    ["model.json", Buffer.from(JSON.stringify(model))],
    ["weights.bin", Buffer.concat([...tensors.values()].map(bytesOf))],
  ];
}

function sharded(tensors: Tensors): readonly (readonly [string, Buffer])[] {
  const names = [...tensors.keys()];
  const halves = [names.slice(0, 20), names.slice(20)].map((some, index) => {
    const shard = new Map([...tensors].filter(([name]) => some.includes(name)));
    return [`model-0000${index + 1}-of-00002.safetensors`, shard] as const;
  });
  const weightMap = halves.flatMap(([file, shard]) => [...shard.keys()].map((name) => [name, file]));
  const index = { metadata: {}, weight_map: Object.fromEntries(weightMap) };
  return [
    ["model.safetensors.index.json", Buffer.from(JSON.stringify(index))],
    ...halves.map(([file, shard]) => [file, safetensors(shard)] as const),
  ];
}

/** Files that hold the same tensors, by the kind of model that they are. */
export function kindsOf(tensors: Tensors): Readonly<Record<string, readonly (readonly [string, Uint8Array])[]>> {
  return {
    safetensors: [["model.safetensors", safetensors(tensors)]],
    npz: [["weights.npz", encodeNpz(tensors)]],
    "legacy PyTorch": [["old.pth", legacyPyTorch(tensors)]],
    "sharded safetensors": sharded(tensors),
    "tfjs layers": tfjsLayers(tensors),
  };
}

/** Writes files into a folder; gives their names. */
export async function writeFiles(
  folder: string,
  files: readonly (readonly [string, Uint8Array])[],
): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  for (const [name, bytes] of files) await writeFile(join(folder, name), bytes);
  return files.map(([name]) => name);
}
