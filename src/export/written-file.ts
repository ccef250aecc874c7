import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ExportError, InterruptedError, isPortError } from "../core/errors.js";
import { type WrittenFile, writtenFile } from "../core/written-file.js";

/** A file of an export: path below the export's folder with `/`, size, SHA-256 in lower-case hex. */
export type ExportedFile = WrittenFile;

/** Writes a whole small file and says what was written. */
export async function writeExported(folder: string, path: string, bytes: Uint8Array): Promise<ExportedFile> {
  await writeFile(join(folder, path), bytes);
  return writtenFile(path, bytes);
}

/** The same files seen from the folder above: `model.json` in `tfjs` is `tfjs/model.json`. */
export function inFolder(name: string, files: readonly ExportedFile[]): ExportedFile[] {
  return files.map((file) => ({ ...file, path: `${name}/${file.path}` }));
}

/** Failures of the file system (disk full, no permission) become {@link ExportError}, an abort {@link InterruptedError}; the rest passes. */
export async function asExport<T>(what: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (signal?.aborted) throw new InterruptedError();
    if (isPortError(error) || !(error instanceof Error) || !("syscall" in error)) throw error;
    throw new ExportError(`${what}: cannot be written: ${error.message}`, {
      hint: "Free some space, or choose a folder that you may write to.",
      cause: error,
    });
  }
}
