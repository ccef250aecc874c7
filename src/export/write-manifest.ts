import { ExportError } from "../core/errors.js";
import { MANIFEST_FILE, type Manifest, manifestSchema } from "./manifest.js";
import { asExport, type ExportedFile, writeExported } from "./written-file.js";

/**
 * Writes `manifest.json` into a folder, files sorted by path, keys in the schema's order: the same manifest gives the same bytes. Call it last.
 * @throws ExportError when the folder cannot be written, or when the manifest would not be read back.
 */
export async function writeManifest(folder: string, manifest: Manifest): Promise<ExportedFile> {
  const files = [...manifest.files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const checked = manifestSchema.safeParse({ ...manifest, files });
  if (!checked.success) {
    const issue = checked.error.issues[0];
    throw new ExportError(`${MANIFEST_FILE}: ${issue?.path.join(".")}: ${issue?.message}`);
  }
  const text = `${JSON.stringify(checked.data, undefined, 2)}\n`;
  return asExport(folder, () => writeExported(folder, MANIFEST_FILE, new TextEncoder().encode(text)));
}
