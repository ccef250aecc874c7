import { UsageError } from "../core/errors.js";
import { builtPage, hasPageByDefault, onnxruntimeFiles, type PageFile } from "../export/page.js";
import type { ExportFormat } from "../formats/description/description.js";
import type { Model } from "../mapping/model.js";
import { requireRole } from "./require-role.js";
import type { Session } from "./session.js";

/**
 * The demo page's files for an export: `--page` asks for them, `--no-page` leaves them out, and without either they come with tfjs. Where only
 * ONNX could run them, onnxruntime-web's files come along. Throws a {@link UsageError} for a page that cannot be.
 */
export async function choosePage(
  model: Model,
  formats: readonly ExportFormat[],
  asked: boolean | undefined,
  session: Session,
): Promise<readonly PageFile[]> {
  if (!(asked ?? hasPageByDefault(formats, model.graph.role))) return [];
  requireRole(model, "generator", "--page");
  if (!formats.some((format) => format !== "safetensors")) {
    throw new UsageError(
      `--page: expected --to tfjs or onnx, which a browser can run, found --to ${formats.join(",")}`,
    );
  }
  const page = await builtPage();
  if (page === undefined) {
    if (asked === true) throw new UsageError("--page: expected the built page, found none", { hint: BUILD });
    session.note(`warning: the demo page is left out, for it has not been built. ${BUILD}`);
    return [];
  }
  if (formats.includes("tfjs")) return page;
  const library = onnxruntimeFiles();
  if (library !== undefined) return [...page, ...library];
  const { ONNX_BACKENDS } = await import("../runtime/native/onnxruntime.js");
  throw new UsageError("--page: with ONNX alone it needs the package onnxruntime-web, found none", {
    hint: `${ONNX_BACKENDS["ort-wasm"].install}, or add tfjs to --to.`,
  });
}

const BUILD = "Build it: npm run build";

/** How to look at it. */
export function openThePage(folder: string): string {
  return `Page      npx biggan-port serve ${/\s/.test(folder) ? JSON.stringify(folder) : folder}`;
}
