import { mkdir, readdir } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { ExportFormat } from "../formats/description/description.js";
import type { Role } from "../graph/graph.js";
import type { WeightThread } from "../io/weight-thread/weight-thread.js";
import { packageFolder } from "../runtime/packages.js";
import { asExport, type ExportedFile } from "./written-file.js";

/** Where a page looks for onnxruntime-web, below the folder of its export. */
export const ONNXRUNTIME_FOLDER = "onnxruntime-web";

/** What the page loads of that package: a build with and one without WebGPU, each with its WebAssembly. */
const ONNXRUNTIME_FILES = [
  "ort.wasm.min.mjs",
  "ort-wasm-simd-threaded.mjs",
  "ort-wasm-simd-threaded.wasm",
  "ort.webgpu.min.mjs",
  "ort-wasm-simd-threaded.asyncify.mjs",
  "ort-wasm-simd-threaded.asyncify.wasm",
] as const;

/** Seen from `dist/src/export`, and from the sources, which tests run as they are. */
const BUILT_PAGE = ["../../web/", "../../dist/web/"] as const;

/** A file to be copied: below the export's folder with `/`, and where it lies now. */
export interface PageFile {
  readonly path: string;
  readonly from: string;
}

/** Whether an export has the demo page when nobody says: with what runs in any browser, for what makes pictures. */
export function hasPageByDefault(formats: readonly ExportFormat[], role: Role): boolean {
  return role === "generator" && formats.includes("tfjs");
}

/** The files of the demo page and of the library beside it, as they were built; undefined where they were not. */
export async function builtPage(): Promise<readonly PageFile[] | undefined> {
  for (const place of BUILT_PAGE) {
    const folder = fileURLToPath(new URL(place, import.meta.url));
    const names = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    const files = names
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((from) => ({ path: from.slice(folder.length).split(sep).join("/"), from }));
    if (files.some(({ path }) => path === "index.html")) return files.sort((a, b) => (a.path < b.path ? -1 : 1));
  }
  return undefined;
}

/** What a page takes of onnxruntime-web, from the package installed beside this one; undefined where there is none. */
export function onnxruntimeFiles(): readonly PageFile[] | undefined {
  const folder = packageFolder("onnxruntime-web");
  if (folder === undefined) return undefined;
  return ONNXRUNTIME_FILES.map((name) => ({ path: `${ONNXRUNTIME_FOLDER}/${name}`, from: join(folder, name) }));
}

/** Copies files of a page into an export. */
export async function copyPage(
  folder: string,
  files: readonly PageFile[],
  thread: WeightThread,
): Promise<readonly ExportedFile[]> {
  return await asExport(folder, async () => {
    for (const parent of new Set(files.map(({ path }) => dirname(join(folder, path))))) {
      await mkdir(parent, { recursive: true });
    }
    return await Promise.all(
      files.map(async ({ path, from }) => ({ path, ...(await thread.copy(from, join(folder, path))) })),
    );
  });
}
