import { MANIFEST_FILE } from "../formats/description/description.js";
import type { Manifest } from "./manifest.js";
import { asExport, type ExportedFile, writeExported } from "./written-file.js";

/**
 * Writes `manifest.json` into a folder, files sorted by path: the same manifest gives the same bytes. Call it last.
 * @throws ExportError when the folder cannot be written.
 */
export async function writeManifest(folder: string, manifest: Manifest): Promise<ExportedFile> {
  const files = [...manifest.files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const text = `${JSON.stringify({ ...manifest, files }, undefined, 2)}\n`;
  return asExport(folder, () => writeExported(folder, MANIFEST_FILE, new TextEncoder().encode(text)));
}
