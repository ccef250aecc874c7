import { open, stat } from "node:fs/promises";
import { join } from "node:path";
import { FormatError } from "../core/errors.js";
import { unreadable } from "../io/file-source.js";

/** What holds a model, told from its content and never from its name. */
export type ModelKind = "tf-hub-archive" | "tf-hub-folder";

const HEAD_BYTES = 16;

/** First bytes of what people hold BigGAN weights in; some are recognised only to say so. */
const SIGNATURES: readonly { readonly name: string; readonly matches: (head: Buffer) => boolean }[] = [
  { name: "an HDF5 file", matches: (head) => head.subarray(0, 8).equals(Buffer.from("\x89HDF\r\n\x1a\n", "latin1")) },
  {
    name: "a zip archive (PyTorch or npz)",
    matches: (head) => head.subarray(0, 4).equals(Buffer.from("PK\x03\x04", "latin1")),
  },
  { name: "a Python pickle (PyTorch)", matches: (head) => head[0] === 0x80 && (head[1] ?? 0) <= 5 },
  { name: "a safetensors file", matches: (head) => head.readBigUInt64LE(0) < 100_000_000n && head[8] === 0x7b },
  { name: "a PNG picture", matches: (head) => head.subarray(0, 4).equals(Buffer.from("\x89PNG", "latin1")) },
  {
    name: "an HTML page (a failed download?)",
    matches: (head) => /^\s*<(!doctype|html)/i.test(head.toString("latin1")),
  },
];

/** Says what a path holds, or throws a {@link FormatError} that names what it found instead. */
export async function recogniseModel(path: string): Promise<ModelKind> {
  const found = await stat(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  if (found.isDirectory()) {
    if ((await exists(join(path, "variables"))) || (await exists(join(path, "saved_model.pb")))) return "tf-hub-folder";
    throw notAModel(path, "a folder with neither variables/ nor saved_model.pb");
  }
  const head = await readHead(path);
  if (head[0] === 0x1f && head[1] === 0x8b) return "tf-hub-archive";
  if (found.size === 0) throw notAModel(path, "an empty file");
  const other = head.length >= HEAD_BYTES ? SIGNATURES.find(({ matches }) => matches(head)) : undefined;
  throw notAModel(path, other?.name ?? `a file that begins with ${head.subarray(0, 8).toString("hex")}`);
}

function notAModel(path: string, found: string): FormatError {
  return new FormatError({ file: path, field: "model" }, "a TF Hub module (.tar.gz, or its unpacked folder)", found, {
    hint: "Give the archive as TF Hub served it, or the folder that holds saved_model.pb and variables/.",
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
