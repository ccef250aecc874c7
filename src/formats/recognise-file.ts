import { Buffer } from "node:buffer";
import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import { FormatError } from "../core/errors.js";
import { openFile } from "../io/file-source.js";
import { parseJson, readDocument } from "./json-document.js";
import type { FoundModel, ModelKind } from "./model-kind.js";
import { MAX_INDEX_BYTES } from "./sharded/shard-names.js";

/** Reaches to the mark of a tar archive, at 257. */
const HEAD_BYTES = 512;

/** A shorter file holds no weights in any format. */
const LEAST_BYTES = 16;

/** The magic number of torch's stream format as a pickle has it: in two's complement, or in digits in the oldest protocols. */
const TORCH_MAGIC = Buffer.from("6cfc9c46f9206aa85019", "hex");
const TORCH_MAGIC_DIGITS = "L119547037146038801333356L\n";

const ZIP_MAGIC = Buffer.from("PK\x03\x04", "latin1");
const HDF5_MAGIC = Buffer.from("\x89HDF\r\n\x1a\n", "latin1");

/** First bytes of what people take for weights: recognised only to say so. */
const OTHERS: readonly { readonly name: string; readonly matches: (head: Buffer) => boolean }[] = [
  { name: "a Python pickle, but none of torch.save", matches: (head) => head[0] === 0x80 && (head[1] ?? 6) <= 5 },
  {
    name: "a tar archive (of PyTorch before 0.1.10, or a module that is not gzipped)",
    matches: (head) => head.subarray(257, 262).toString("latin1") === "ustar",
  },
  { name: "a PNG picture", matches: (head) => head.subarray(0, 4).equals(Buffer.from("\x89PNG", "latin1")) },
  {
    name: "an HTML page (a failed download?)",
    matches: (head) => /^\s*<(!doctype|html)/i.test(head.toString("latin1")),
  },
  {
    name: "a JSON file that is no index of shards (of an export, give the folder)",
    matches: (head) => head[0] === 0x7b,
  },
];

/** Says what a file holds, or throws a {@link FormatError} that names what it found instead. */
export async function recogniseFile(file: string): Promise<ModelKind> {
  const head = await readHead(file);
  if (head.length === 0) throw notAModel(file, "an empty file");
  if (head[0] === 0x1f && head[1] === 0x8b) return "tf-hub-archive";
  // ModelProto begins with its ir_version, below 128 for long, and the name of its producer.
  if (head[0] === 0x08 && (head[1] ?? 0xff) < 0x80 && head[2] === 0x12) return "onnx";
  // The size of the header may be wrong, which its reader words better; a header that is not JSON could be anything.
  if (head[8] === 0x7b && (head[7] === 0 || head[0] !== 0x7b)) return "safetensors";
  if (head.length < LEAST_BYTES) throw notAModel(file, describeHead(head));
  if (head.subarray(0, 8).equals(HDF5_MAGIC)) return "hdf5";
  if (head.subarray(0, 4).equals(ZIP_MAGIC)) return await recogniseZip(file);
  const begin = head.subarray(0, 32);
  if (begin[0] === 0x80 && begin.includes(TORCH_MAGIC)) return "pytorch-legacy";
  if (begin.toString("latin1").startsWith(TORCH_MAGIC_DIGITS)) return "pytorch-legacy";
  if (head[0] === 0x7b && (await isShardIndex(file))) return "sharded";
  throw notAModel(file, OTHERS.find(({ matches }) => matches(head))?.name ?? describeHead(head));
}

/** As {@link recogniseFile}; of a `model.json`, its folder is meant. */
export async function locateFile(file: string): Promise<FoundModel> {
  if (!/(^|[/\\])model\.json$/.test(file)) return { kind: await recogniseFile(file), file };
  return { kind: await recogniseModelJson(file), file: dirname(file) };
}

/** A tfjs model that this tool wrote holds our graph; of any other, the weights alone are of use. Damage is for the readers to word. */
export async function recogniseModelJson(file: string): Promise<ModelKind> {
  const document = await readJson(file, MAX_MODEL_BYTES);
  const isOther = document?.["weightsManifest"] !== undefined && document["generatedBy"] !== "biggan-port";
  return isOther ? "tfjs-layers-folder" : "tfjs-folder";
}

/** As the readers of `model.json` have it: a graph with constants in it. */
const MAX_MODEL_BYTES = 64 * 1024 * 1024;

async function isShardIndex(file: string): Promise<boolean> {
  return (await readJson(file, MAX_INDEX_BYTES))?.["weight_map"] !== undefined;
}

/** The object in a JSON file, or undefined when there is none. */
async function readJson(file: string, limit: number): Promise<Record<string, unknown> | undefined> {
  if ((await stat(file)).size > limit) return undefined;
  try {
    const document = parseJson(await readDocument(file, file, limit), file);
    return isObject(document) ? document : undefined;
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Tells PyTorch's archives from numpy's by the names in the directory. */
async function recogniseZip(file: string): Promise<ModelKind> {
  const { openZip } = await import("./zip/open-zip.js");
  await using source = await openFile(file);
  const names = [...(await openZip(source)).entries.keys()];
  if (names.some((name) => name.endsWith("/data.pkl"))) return "pytorch-zip";
  if (names.length > 0 && names.every((name) => name.endsWith(".npy"))) return "npz";
  throw notAModel(file, "a zip archive with neither data.pkl (PyTorch) nor arrays alone (.npz)");
}

export function notAModel(path: string, found: string): FormatError {
  const expected =
    "a TF Hub module (.tar.gz, or its unpacked folder), weights (PyTorch, safetensors, HDF5, npz, tfjs) or an export of biggan-port";
  return new FormatError({ file: path, field: "model" }, expected, found, {
    hint: "Give the archive as TF Hub served it, the folder that holds saved_model.pb and variables/, a file of weights, or a folder that `biggan-port convert` wrote.",
  });
}

function describeHead(head: Buffer): string {
  return `a file that begins with ${head.subarray(0, 8).toString("hex")}`;
}

async function readHead(path: string): Promise<Buffer> {
  await using source = await openFile(path);
  return Buffer.from(await source.slice(0, Math.min(HEAD_BYTES, source.byteLength)));
}
