import { realpath } from "node:fs/promises";
import { join, sep } from "node:path";
import { BackendError, FormatError, UsageError } from "../../core/errors.js";
import type { Manifest } from "../../export/manifest.js";
import { builtPage, ONNXRUNTIME_FOLDER, onnxruntimeFiles, type PageFile } from "../../export/page.js";
import { readManifest } from "../../export/read-manifest.js";
import { MANIFEST_FILE } from "../../formats/description/description.js";
import { checkSize } from "../../formats/description/export-folder.js";
import { ONNX_BACKENDS } from "../../runtime/native/onnxruntime.js";

/** A file that may be asked for. */
export interface ServedFile {
  readonly file: string;
  /** As the manifest lists it; of files that it does not list, nothing is known. */
  readonly listed?: { readonly bytes: number; readonly sha256: string };
}

/** What is served of an exported folder, by path without a leading slash. */
export interface ServedFolder {
  readonly manifest: Manifest;
  readonly files: ReadonlyMap<string, ServedFile>;
  /** Whether the page is the export's own, or this program's. */
  readonly page: "export" | "program";
}

const FIRST = "Make one first: biggan-port convert MODEL -o DIR --to tfjs, then biggan-port serve DIR.";

/**
 * The files of an export's manifest and no others, the manifest itself, and what the page needs that the export does not bring: the page, and
 * onnxruntime-web for an export with ONNX. Throws a FormatError for what is no exported folder or a damaged one, a UsageError for an export that a
 * page cannot show, a BackendError where it takes a package that is not installed.
 */
export async function servedFolder(folder: string): Promise<ServedFolder> {
  const manifest = await readExport(folder);
  requirePictures(folder, manifest);
  const base = await realpath(folder);
  const files = new Map<string, ServedFile>([[MANIFEST_FILE, { file: join(base, MANIFEST_FILE) }]]);
  for (const { path, bytes, sha256 } of manifest.files) {
    await checkSize(base, { path, bytes, sha256 });
    files.set(path, { file: await inside(base, path), listed: { bytes, sha256 } });
  }
  const page = files.has("index.html") ? "export" : "program";
  if (page === "program") add(files, await requirePage());
  if (files.has("onnx/model.onnx") && !isBrought(files)) add(files, onnxruntime(files.has("tfjs/model.json")));
  return { manifest, files, page };
}

async function readExport(folder: string): Promise<Manifest> {
  try {
    return await readManifest(folder);
  } catch (error) {
    if (!(error instanceof FormatError) || error.place.field !== "file") throw error;
    throw new FormatError({ file: folder, field: "manifest.json" }, "an exported folder", "none", {
      hint: FIRST,
      cause: error,
    });
  }
}

function requirePictures(folder: string, { model, files }: Manifest): void {
  if (model.role === "discriminator" || model.family.endsWith("discriminator")) {
    throw new UsageError(`${folder}: serve: expected a generator, found a discriminator`, {
      hint: "A discriminator judges pictures: `biggan-port score`.",
    });
  }
  if (files.some(({ path }) => path === "tfjs/model.json" || path === "onnx/model.onnx")) return;
  throw new UsageError(`${folder}: serve: expected an export with tfjs or onnx, which a browser can run, found none`, {
    hint: `Convert it: biggan-port convert ${folder} -o DIR --to tfjs`,
  });
}

/** Links inside the folder might lead out of it. */
async function inside(base: string, path: string): Promise<string> {
  const file = await realpath(join(base, path));
  if (file.startsWith(base.endsWith(sep) ? base : base + sep)) return file;
  throw new FormatError({ file: path, field: "place" }, "a file inside the export's folder", "a link out of it");
}

async function requirePage(): Promise<readonly PageFile[]> {
  const page = await builtPage();
  if (page !== undefined) return page;
  throw new UsageError("serve: expected the built page, found none", { hint: "Build it: npm run build" });
}

function isBrought(files: ReadonlyMap<string, ServedFile>): boolean {
  return [...files.keys()].some((path) => path.startsWith(`${ONNXRUNTIME_FOLDER}/`));
}

/** Nothing else can run ONNX in a page; with tfjs at hand it is a choice more. */
function onnxruntime(isExtra: boolean): readonly PageFile[] {
  const library = onnxruntimeFiles();
  if (library !== undefined) return library;
  if (isExtra) return [];
  throw new BackendError("serve: ONNX in a page needs the package onnxruntime-web, found none", {
    hint: `${ONNX_BACKENDS["ort-wasm"].install}, or export with --to tfjs.`,
  });
}

function add(files: Map<string, ServedFile>, more: readonly PageFile[]): void {
  for (const { path, from } of more) if (!files.has(path)) files.set(path, { file: from });
}
