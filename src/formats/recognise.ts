import { open, stat } from "node:fs/promises";
import { join } from "node:path";
import { FormatError } from "../core/errors.js";
import { unreadable } from "../io/file-source.js";
import { MANIFEST_FILE } from "./description/description.js";

/** What holds a model, told from its content and never from its name. */
export type ModelKind =
  | "tf-hub-archive"
  | "tf-hub-folder"
  /** What `convert` and `port` write, with its manifest. */
  | "export-folder"
  /** The `tfjs` folder of an export alone. */
  | "tfjs-folder"
  /** The `onnx` folder of an export alone. */
  | "onnx-folder"
  | "onnx"
  | "safetensors";

const HEAD_BYTES = 16;

/** First bytes of what people hold BigGAN weights in; some are recognised only to say so. */
const SIGNATURES: readonly { readonly name: string; readonly matches: (head: Buffer) => boolean }[] = [
  { name: "an HDF5 file", matches: (head) => head.subarray(0, 8).equals(Buffer.from("\x89HDF\r\n\x1a\n", "latin1")) },
  {
    name: "a zip archive (PyTorch or npz)",
    matches: (head) => head.subarray(0, 4).equals(Buffer.from("PK\x03\x04", "latin1")),
  },
  { name: "a Python pickle (PyTorch)", matches: (head) => head[0] === 0x80 && (head[1] ?? 0) <= 5 },
  { name: "a PNG picture", matches: (head) => head.subarray(0, 4).equals(Buffer.from("\x89PNG", "latin1")) },
  {
    name: "an HTML page (a failed download?)",
    matches: (head) => /^\s*<(!doctype|html)/i.test(head.toString("latin1")),
  },
  { name: "a JSON file (of an export, give the folder)", matches: (head) => head[0] === 0x7b },
];

/** Says what a path holds, or throws a {@link FormatError} that names what it found instead. */
export async function recogniseModel(path: string): Promise<ModelKind> {
  const found = await stat(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  if (found.isDirectory()) {
    if ((await exists(join(path, "variables"))) || (await exists(join(path, "saved_model.pb")))) return "tf-hub-folder";
    if (await exists(join(path, MANIFEST_FILE))) return "export-folder";
    if (await exists(join(path, "model.json"))) return "tfjs-folder";
    if (await exists(join(path, "model.onnx"))) return "onnx-folder";
    throw notAModel(path, "a folder with neither variables/, saved_model.pb nor manifest.json");
  }
  const head = await readHead(path);
  if (head[0] === 0x1f && head[1] === 0x8b) return "tf-hub-archive";
  if (found.size === 0) throw notAModel(path, "an empty file");
  // ModelProto begins with its ir_version, below 128 for long, and the name of its producer.
  if (head[0] === 0x08 && (head[1] ?? 0xff) < 0x80 && head[2] === 0x12) return "onnx";
  // The size of the header may be wrong, which its reader words better; a header that is not JSON could be anything.
  if (head[8] === 0x7b && (head[7] === 0 || head[0] !== 0x7b)) return "safetensors";
  const other = head.length >= HEAD_BYTES ? SIGNATURES.find(({ matches }) => matches(head)) : undefined;
  throw notAModel(path, other?.name ?? `a file that begins with ${head.subarray(0, 8).toString("hex")}`);
}

function notAModel(path: string, found: string): FormatError {
  const expected = "a TF Hub module (.tar.gz, or its unpacked folder) or an export of biggan-port";
  return new FormatError({ file: path, field: "model" }, expected, found, {
    hint: "Give the archive as TF Hub served it, the folder that holds saved_model.pb and variables/, or a folder that `biggan-port convert` wrote.",
  });
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function readHead(path: string): Promise<Buffer> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw unreadable(path, error);
  }
}
