import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { ExportError } from "../core/errors.js";
import { trackTemporary } from "./cleanup.js";
import { describeSystemError, systemErrorCode } from "./system-error.js";

/** A private folder for what need not outlive the work. Disposing it, or ending the process, removes it. */
export interface Workspace extends AsyncDisposable {
  readonly path: string;
}

/**
 * Makes an empty folder under the system's temporary folder, open to this user only (mkdtemp makes it with mode 0700).
 * Throws an {@link ExportError} when that cannot be written.
 *
 * @example
 * await using workspace = await createWorkspace();
 */
export async function createWorkspace(): Promise<Workspace> {
  const folder = await makeFolder();
  const temporary = trackTemporary(folder);
  return { path: folder, [Symbol.asyncDispose]: temporary.remove };
}

async function makeFolder(): Promise<string> {
  try {
    return await mkdtemp(path.join(tmpdir(), `biggan-port-${process.pid}-`));
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === undefined) throw error;
    throw new ExportError(`${tmpdir()}: cannot make a temporary folder: ${describeSystemError(code)}`, {
      cause: error,
      hint: "Set TMPDIR to a folder that can be written.",
    });
  }
}
