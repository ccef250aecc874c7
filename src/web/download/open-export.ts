import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { io } from "@tensorflow/tfjs-core";
import { FormatError } from "../../core/errors.js";
import type { Tensor } from "../../core/tensor.js";
import { parseNpz } from "../../formats/npy/npz.js";
import type { Goldens, ModelSource, OnnxFiles, TfjsFiles } from "../worker/model-source.js";
import { type Download, type DownloadOptions, openDownload } from "./download.js";
import { fieldReader, parseJson } from "./json-fields.js";
import { ENTRIES, LABELS } from "./manifest.js";

export interface OpenExportOptions extends DownloadOptions {
  /** Folder of onnxruntime-web; `onnxruntime-web/` beside the manifest by default. */
  readonly onnxruntime?: string | undefined;
}

const HINT = "Export the model again with this version of biggan-port.";

/** The model behind a manifest's address. Weights are on their way when it returns. Throws as `openDownload` does. */
export async function openExport(url: URL, options: OpenExportOptions): Promise<ModelSource> {
  const download = await openDownload(url, options);
  const [{ files, weights }, labels, goldens] = await Promise.all([
    download.format === "tfjs" ? tfjsFiles(download) : onnxFiles(download, libraryOf(url, options)),
    labelsOf(download),
    goldensOf(download),
  ]);
  const { manifest, format } = download;
  const { name, family, resolution, classes, zDim, parameters, bakedTruncation, warnings } = manifest;
  const listed = weights.flatMap((path) => manifest.files.get(path) ?? []);
  return {
    facts: {
      ...{ name, family, resolution, classes, zDim, parameters, labels, bakedTruncation, format, warnings },
      hash: bytesToHex(sha256(utf8ToBytes(listed.map((file) => file.sha256).join("")))),
      bytes: listed.reduce((sum, { bytes }) => sum + bytes, 0),
    },
    files,
    goldens,
    loaded: () => download.complete(),
    async [Symbol.asyncDispose]() {
      // Nothing is held but what the engine has.
    },
  };
}

/** The files, and which of them are the weights, in their order. */
interface Opened<T> {
  readonly files: T;
  readonly weights: readonly string[];
}

async function tfjsFiles(download: Download): Promise<Opened<TfjsFiles>> {
  const file = ENTRIES.tfjs;
  const read = fieldReader(file, HINT);
  const json = parseJson<io.ModelJSON>(file, new TextDecoder().decode(await download.read(file)), HINT);
  const groups = read.list(read.record(json, "document")["weightsManifest"], "weightsManifest", 1000);
  const weights = groups.flatMap((group, index) => {
    const at = `weightsManifest.${index}.paths`;
    return read.list(read.record(group, at)["paths"], at, 10_000).map((path) => {
      const inExport = `tfjs/${read.text(path, at)}`;
      return download.files.some((listed) => listed.path === inExport) ? inExport : read.fail(at, "listed files", path);
    });
  });
  const { modelTopology, signature = {}, weightsManifest } = json;
  // The first stream begins at once, while the engine is still on its way.
  let first: ReadableStream<ArrayBuffer> | undefined = download.stream(weights);
  const weightStream = () => {
    const stream = first ?? download.stream(weights);
    first = undefined;
    return stream;
  };
  const weightSpecs = weightsManifest.flatMap((group) => group.weights);
  return { files: { kind: "tfjs", modelTopology, signature, weightSpecs, weightStream }, weights };
}

async function onnxFiles(download: Download, library: URL): Promise<Opened<OnnxFiles>> {
  const weights = download.files.flatMap(({ path }) => (path.startsWith("onnx/") ? [path] : []));
  const read = async (path: string) => ({ path: path.replace("onnx/", ""), data: await download.read(path) });
  const all = () => Promise.all(weights.map(read));
  let first: ReturnType<typeof all> | undefined = all();
  first.catch(() => undefined);
  return {
    weights,
    files: {
      kind: "onnx",
      library,
      async read() {
        const files = await (first ?? all());
        first = undefined;
        const model = files.find(({ path }) => path === "model.onnx");
        if (model === undefined) throw new Error("onnx: no model");
        return { model: model.data, externalData: files.filter((file) => file !== model) };
      },
    },
  };
}

function libraryOf(manifest: URL, { onnxruntime = "onnxruntime-web/" }: OpenExportOptions): URL {
  return new URL(onnxruntime.endsWith("/") ? onnxruntime : `${onnxruntime}/`, manifest);
}

async function labelsOf(download: Download): Promise<readonly string[] | undefined> {
  if (!download.manifest.files.has(LABELS)) return undefined;
  const read = fieldReader(LABELS, HINT);
  const value = parseJson(LABELS, new TextDecoder().decode(await download.read(LABELS)), HINT);
  const { classes } = download.manifest;
  const labels = read.list(value, "list", classes).map((label, index) => read.text(label, `${index}`));
  return labels.length === classes ? labels : read.fail("list", `${classes} names`, labels);
}

async function goldensOf({ manifest, format, read }: Download): Promise<Goldens | undefined> {
  if (manifest.goldens === undefined) return undefined;
  const { file } = manifest.goldens;
  const { image, bound } = manifest.goldens.rule(format);
  const arrays = parseNpz(file, await read(file));
  const { classes, zDim, resolution } = manifest;
  const count = arrays.get("z")?.shape[0] ?? 0;
  const array = (name: string, shape: readonly number[]): Tensor => {
    const found = arrays.get(name);
    if (found?.shape.join() === [count, ...shape].join()) return found;
    const [expected, is] = [
      `[${[count, ...shape].join(", ")}]`,
      found === undefined ? "none" : `[${found.shape.join(", ")}]`,
    ];
    throw new FormatError({ file, field: name }, expected, is, { hint: HINT });
  };
  return {
    z: array("z", [zDim]),
    y: array("y", [classes]),
    truncation: array("truncation", []).data,
    image: array(image, [resolution, resolution, 3]),
    bound,
  };
}
