// Everything that is measured: rows of the table. `command` gives the words to run; `files` holds what the module is made of.
import { join } from "node:path";
import { venvProgram } from "./venvs.mjs";

const shell = (script, ...args) => ["bash", "-c", script, ...args];

function convert(id, title, from, format) {
  return {
    id,
    title,
    group: "ours",
    writes: true,
    command: ({ node, program, module, out }) => [
      ...[node, program, "convert", module[from], "-o", out],
      ...["--to", format, "--dtype", "float32", "--quiet"],
    ],
  };
}

const OURS = [
  convert("ours-folder", "convert to tfjs, from the folder", "folder", "tfjs"),
  convert("ours-archive", "convert to tfjs, from .tar.gz", "archive", "tfjs"),
  convert("ours-onnx", "convert to ONNX, from the folder", "folder", "onnx"),
  convert("ours-safetensors", "convert to safetensors, from the folder", "folder", "safetensors"),
  {
    id: "ours-check",
    title: "check, on the folder",
    group: "ours",
    command: ({ node, program, module }) => [node, program, "check", module.folder, "--quiet"],
  },
  {
    id: "ours-verify",
    title: "inspect --verify, on the folder",
    group: "ours",
    command: ({ node, program, module }) => [node, program, "inspect", module.folder, "--verify", "--quiet"],
  },
];

const RIVALS = [
  {
    id: "tensorflowjs",
    title: "tensorflowjs_converter",
    venv: "tfjs",
    command: ({ venvs, module, out }) => [
      venvProgram(venvs, "tfjs", "tensorflowjs_converter"),
      ...["--input_format=tf_saved_model", "--signature_name=default", "--saved_model_tags="],
      ...[module.folder, out],
    ],
  },
  {
    id: "tf2onnx",
    title: "tf2onnx",
    venv: "tf2onnx",
    command: ({ venvs, module, out }) => [
      ...[venvProgram(venvs, "tf2onnx"), "-m", "tf2onnx.convert", "--saved-model", module.folder],
      ...["--tag", "", "--signature_def", "default", "--opset", "17", "--output", out],
    ],
  },
  {
    id: "tensorflow-reader",
    title: "TensorFlow's reader to safetensors",
    venv: "tf2onnx",
    command: ({ venvs, scripts, module, out }) => [
      ...[venvProgram(venvs, "tf2onnx"), join(scripts, "rivals/checkpoint_to_safetensors.py"), module.folder, out],
    ],
  },
  {
    id: "pytorch-pretrained-biggan",
    title: "pytorch-pretrained-biggan",
    venv: "torch",
    reads: ({ size }) => size.startsWith("biggan-deep-"),
    command: ({ venvs, scripts, module, out }) => [
      ...[venvProgram(venvs, "torch"), join(scripts, "rivals/convert_to_pytorch.py")],
      ...["--model_type", module.size.split("-").at(-1), "--tf_model_path", module.folder, "--pt_save_path", out],
    ],
  },
].map((rival) => ({ ...rival, group: "rivals", writes: true }));

const FLOOR = [
  {
    id: "gunzip",
    title: "gzip -dc MODULE.tar.gz > /dev/null",
    command: ({ module }) => shell('gzip -dc "$0" > /dev/null', module.archive),
  },
  {
    id: "gunzip-write",
    title: "gzip -dc MODULE.tar.gz | cat > FILE",
    writes: true,
    command: ({ module, out }) => shell('gzip -dc "$0" | cat > "$1"', module.archive, out),
  },
  {
    id: "copy",
    title: "cp of the bytes to read",
    writes: true,
    command: ({ module, out }) => ["cp", module.bytes, out],
  },
  {
    id: "crc32c",
    title: "CRC32C of the same bytes (Node)",
    command: ({ node, scripts, module }) => [node, join(scripts, "crc32c.mjs"), module.bytes],
  },
  {
    id: "copy-crc32c",
    title: "read, CRC32C and write in one (Node)",
    writes: true,
    command: ({ node, scripts, module, out }) => [node, join(scripts, "crc32c.mjs"), module.bytes, out],
  },
  { id: "sha256", title: "sha256sum of the same bytes", command: ({ module }) => ["sha256sum", module.bytes] },
  { id: "node", title: "start of Node alone", command: ({ node }) => [node, "-e", "0"] },
].map((stage) => ({ ...stage, group: "floor" }));

const ALL = [...OURS, ...FLOOR, ...RIVALS];

/** Those asked for by group or id. Throws an Error on a name that is neither. */
export function contendersOf({ only, rivals }) {
  const names = new Set(ALL.flatMap(({ id, group }) => [id, group]));
  const unknown = (only ?? []).filter((name) => !names.has(name));
  if (unknown.length > 0) throw new Error(`--only: ${unknown.join(", ")} is none of ${[...names].join(", ")}`);
  return ALL.filter(({ id, group }) => only === undefined || only.includes(id) || only.includes(group)).filter(
    ({ group }) => rivals || group !== "rivals",
  );
}
