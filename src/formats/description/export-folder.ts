import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { FormatError } from "../../core/errors.js";
import type { ReadOptions } from "../../core/tensor-source.js";
import { innerPath } from "../inner-path.js";
import { parseDocument, readDocument } from "../json-document.js";
import { type Description, EXPORT_FORMATS, type ExportFormat, MANIFEST_FILE } from "./description.js";
import { count, descriptionFields, passesField, sha256 } from "./description-schema.js";

/** A manifest takes a few kilobytes: 100 files of a 512 model at 150 bytes, and the configuration. */
export const MAX_MANIFEST_BYTES = 4 * 1024 * 1024;

/** A file of the export as its manifest lists it. */
export const fileSchema = z.object({ path: innerPath, bytes: count, sha256 });

type ListedFile = z.infer<typeof fileSchema>;

/** Where each format's weights lie in an exported folder. */
const PLACES: Readonly<Record<ExportFormat, string>> = {
  safetensors: "weights.safetensors",
  tfjs: "tfjs/model.json",
  onnx: "onnx/model.onnx",
};

/** The part of a manifest that opening needs; the whole is src/export/manifest.ts. */
const openingSchema = z.object({
  ...descriptionFields,
  passes: passesField.optional(),
  files: z.array(fileSchema).readonly(),
  warnings: z.array(z.string()).readonly(),
});

/** One format of an exported folder, ready to be opened. */
export interface ExportedWeights {
  readonly format: ExportFormat;
  /** The file to open: `DIR/tfjs/model.json`. */
  readonly file: string;
  readonly description: Description;
}

/**
 * Reads the manifest of an exported folder and picks its most direct weights: safetensors, else tfjs, else ONNX. The sizes of
 * their files are compared with the manifest's, their contents are not read.
 */
export async function readExportFolder(folder: string, options: ReadOptions = {}): Promise<ExportedWeights> {
  const file = join(folder, MANIFEST_FILE);
  const { passes, files, ...about } = parseDocument(
    await readDocument(file, file, MAX_MANIFEST_BYTES, options),
    openingSchema,
    { file, expected: "a manifest", hint: "Export the model again with this version." },
  );
  const format = EXPORT_FORMATS.find((candidate) => files.some(({ path }) => path === PLACES[candidate]));
  if (format === undefined) {
    throw new FormatError({ file, field: "files" }, `one of ${Object.values(PLACES).join(", ")}`, "none of them", {
      hint: "Give a folder that `biggan-port convert` wrote.",
    });
  }
  const place = PLACES[format];
  const mine = place.replace(/[^/]+$/, "");
  const needed = files.filter(({ path }) => path === place || (mine !== "" && path.startsWith(mine)));
  for (const one of needed) await checkSize(folder, one);
  return { format, file: join(folder, place), description: { ...about, passes: passes?.[format] ?? [] } };
}

/** Throws a {@link FormatError} when a file of the export is missing, is a link, or has another size than the manifest says. */
export async function checkSize(folder: string, { path, bytes }: ListedFile): Promise<void> {
  const status = await lstat(join(folder, path)).catch(() => undefined);
  const found = status === undefined ? "no file" : status.isFile() ? `${status.size} bytes` : "no plain file";
  const expected = `${bytes} bytes`;
  if (found === expected) return;
  throw new FormatError({ file: path, field: "size" }, expected, found, {
    hint: "The export was changed or cut short: write it again.",
  });
}
