import { readFile, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { FormatError, InterruptedError, throwIfAborted } from "../core/errors.js";
import type { ReadOptions } from "../core/tensor-source.js";
import { MANIFEST_FILE } from "../formats/description/description.js";
import { IMAGENET_LABELS } from "./imagenet-labels.js";

/** Inside a module's or an export's folder. */
const LABELS_FILE = "labels.json";

/** What of an export lies a folder deeper. */
const FORMAT_FOLDERS: ReadonlySet<string> = new Set(["tfjs", "onnx"]);

/** A thousand names take 14 kB; this leaves room for a hundred thousand. */
export const MAX_LABELS_BYTES = 4 * 1024 * 1024;

/**
 * The class names of a model, in index order: from `labels.json` inside a folder, or `<model>.labels.json` beside it (the
 * model's name without .tar.gz or .tgz), or `labels.json` of the export that it is a part of, else ImageNet's when there are 1000
 * classes, else undefined. Throws a
 * {@link FormatError} when the labels file is there but is not an array of `classes` strings.
 */
export async function findLabels(
  modelPath: string,
  classes: number,
  options: ReadOptions = {},
): Promise<readonly string[] | undefined> {
  throwIfAborted(options.signal);
  const beside = `${modelPath.replace(/[\\/]+$/, "").replace(/\.(tar\.gz|tgz)$/i, "")}.labels.json`;
  const around = await exportAround(modelPath);
  for (const file of [
    join(modelPath, LABELS_FILE),
    beside,
    ...(around === undefined ? [] : [join(around, LABELS_FILE)]),
  ]) {
    const text = await readIfThere(file, options.signal);
    if (text !== undefined) return parseLabels(file, text, classes);
  }
  return classes === IMAGENET_LABELS.length ? IMAGENET_LABELS : undefined;
}

/** The exported folder that holds `weights.safetensors`, `tfjs`, `onnx` or `onnx/model.onnx`: it is told by its manifest. */
async function exportAround(modelPath: string): Promise<string | undefined> {
  const parent = dirname(resolve(modelPath));
  const places = FORMAT_FOLDERS.has(basename(parent)) ? [parent, dirname(parent)] : [parent];
  for (const folder of places) {
    const manifest = await stat(join(folder, MANIFEST_FILE)).catch(() => undefined);
    if (manifest?.isFile()) return folder;
  }
  return undefined;
}

/** The text of a labels file as its names. Throws a {@link FormatError} on anything but an array of `classes` strings. */
export function parseLabels(file: string, text: string, classes: number): readonly string[] {
  const expected = `a JSON array of ${classes} names`;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new FormatError({ file, field: "labels" }, expected, "no JSON", { cause });
  }
  if (!Array.isArray(value)) throw new FormatError({ file, field: "labels" }, expected, `${typeof value}`);
  if (value.length !== classes) throw new FormatError({ file, field: "labels" }, expected, `${value.length} of them`);
  return value.map((label: unknown, index) => {
    if (typeof label === "string" && label.trim() !== "" && !/\p{Cc}/u.test(label)) return label.trim();
    const found = JSON.stringify(label).slice(0, 40);
    throw new FormatError({ file, field: `labels[${index}]` }, "a name of printable characters", found);
  });
}

async function readIfThere(file: string, signal: AbortSignal | undefined): Promise<string | undefined> {
  try {
    const status = await stat(file);
    if (!status.isFile() || status.size > MAX_LABELS_BYTES) {
      const found = status.isFile() ? `${status.size} bytes` : "a folder or a device";
      throw new FormatError({ file, field: "labels" }, `a file of at most ${MAX_LABELS_BYTES} bytes`, found);
    }
    return await readFile(file, { encoding: "utf8", signal });
  } catch (cause) {
    if (cause instanceof FormatError) throw cause;
    if (signal?.aborted) throw new InterruptedError();
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw new FormatError({ file, field: "labels" }, "a readable file", `${code ?? cause}`, { cause });
  }
}
