import { randomBytes } from "node:crypto";
import { renameSync } from "node:fs";
import { mkdir, open, readdir, realpath, rename, rmdir, stat } from "node:fs/promises";
import path from "node:path";
import { ExportError, throwIfAborted, UsageError } from "../core/errors.js";
import { type Temporary, trackTemporary } from "./cleanup.js";
import { describeSystemError, systemErrorCode } from "./system-error.js";

export interface OutputOptions {
  /** Whether something that is there already may be replaced. */
  readonly force?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Fills a folder that appears whole or not at all: `fill` writes into a temporary folder beside the target, which takes the
 * target's place in one step at the end. Until then an earlier output is untouched, and on any error, abort or exit nothing
 * is left, missing parent folders made on the way included. Throws a {@link UsageError} when the target is not an empty
 * folder (and `force` is not given), an {@link ExportError} when it cannot be written.
 */
export async function writeFolder<T>(
  target: string,
  { force = false, signal }: OutputOptions,
  fill: (temporaryFolder: string) => Promise<T>,
): Promise<T> {
  const final = await resolveTarget(target);
  await checkFolder(target, final, force);
  return await beside(target, final, async (temporary) => {
    await mkdir(temporary.path);
    const result = await fill(temporary.path);
    throwIfAborted(signal);
    const replaced = await checkFolder(target, final, force);
    if (replaced === "nothing") await rename(temporary.path, final);
    else if (replaced === "empty folder") await replaceEmpty(temporary.path, final);
    else await replaceFull(temporary.path, final);
    return result;
  });
}

/**
 * As {@link writeFolder}, for one file; unlike a folder, a file is replaced unless `force` is false. With a function, whether
 * the target can be written is known before the work begins.
 */
export async function writeFile(
  target: string,
  content: Uint8Array | string | (() => Promise<Uint8Array>),
  { force = true, signal }: OutputOptions = {},
): Promise<void> {
  const final = await resolveTarget(target);
  await checkFile(target, final, force);
  await beside(target, final, async (temporary) => {
    const handle = await open(temporary.path, "wx");
    try {
      await handle.writeFile(typeof content === "function" ? await content() : content);
    } finally {
      await handle.close();
    }
    throwIfAborted(signal);
    await checkFile(target, final, force);
    await rename(temporary.path, final);
  });
}

/** Through links, so that what a link points to is replaced, not the link. */
async function resolveTarget(target: string): Promise<string> {
  const absolute = path.resolve(target);
  if (path.basename(absolute) === "") throw new UsageError(`${target}: this cannot be replaced`);
  return await realpath(absolute).catch(() => absolute);
}

/** Runs `work` with a temporary path beside the target; what `work` has renamed away by its end stays. */
async function beside<T>(target: string, final: string, work: (temporary: Temporary) => Promise<T>): Promise<T> {
  try {
    const temporary = trackTemporary(partialName(final), await makeParents(final));
    try {
      const result = await work(temporary);
      temporary.keep();
      return result;
    } catch (error) {
      // What cannot be removed now is tried again at exit; the first error is the one to tell.
      await temporary.remove().catch(() => undefined);
      throw error;
    }
  } catch (error) {
    throw cannotWrite(target, error);
  }
}

/** File systems limit names to 255 bytes; a character can take four, and the rest of the name takes thirty. */
const LONGEST_STEM = 50;

function partialName(final: string, state = "partial"): string {
  const stem = Array.from(path.basename(final)).slice(0, LONGEST_STEM).join("");
  return path.join(path.dirname(final), `.${stem}.${state}-${process.pid}-${randomBytes(4).toString("hex")}`);
}

/**
 * Makes the folders above the target, one at a time. Returns those that were missing, deepest first. (Node's own recursive
 * mkdir never returns where a file system such as /proc answers "no such folder" to making one.)
 */
async function makeParents(final: string): Promise<string[]> {
  const missing: string[] = [];
  for (let folder = path.dirname(final); (await stat(folder).catch(() => undefined)) === undefined; ) {
    missing.push(folder);
    folder = path.dirname(folder);
  }
  const made: string[] = [];
  try {
    for (const folder of missing.reverse()) {
      await mkdir(folder);
      made.unshift(folder);
    }
  } catch (error) {
    for (const folder of made) await rmdir(folder).catch(() => undefined);
    throw error;
  }
  return made;
}

async function checkFolder(
  target: string,
  final: string,
  force: boolean,
): Promise<"nothing" | "empty folder" | "folder"> {
  try {
    if ((await readdir(final)).length === 0) return "empty folder";
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === "ENOENT") return "nothing";
    // The same code for a file at the target and for a file where a folder above it should be.
    if (code === "ENOTDIR" && (await stat(final).catch(() => undefined)) !== undefined) {
      throw new UsageError(`${target}: expected a folder or nothing, found a file`, {
        cause: error,
        hint: "Name a folder that is not there yet.",
      });
    }
    throw cannotWrite(target, error);
  }
  if (!force) {
    throw new UsageError(`${target}: this folder is not empty`, { hint: "Name another, or replace it with --force." });
  }
  return "folder";
}

async function checkFile(target: string, final: string, force: boolean): Promise<void> {
  const stats = await stat(final).catch(() => undefined);
  if (stats !== undefined && !stats.isFile()) {
    const found = stats.isDirectory() ? "a folder" : "a device or pipe";
    throw new UsageError(`${target}: expected a file or nothing, found ${found}`);
  }
  if (stats !== undefined && !force) {
    throw new UsageError(`${target}: this file exists`, { hint: "Name another, or replace it with --force." });
  }
}

/** POSIX renames over an empty folder, Windows does not. */
async function replaceEmpty(temporary: string, final: string): Promise<void> {
  await rmdir(final);
  try {
    await rename(temporary, final);
  } catch (error) {
    await mkdir(final);
    throw error;
  }
}

/** Both renames are synchronous: nothing else in this process, an exit included, can come between them. */
async function replaceFull(temporary: string, final: string): Promise<void> {
  const old = partialName(final, "replaced");
  renameSync(final, old);
  try {
    renameSync(temporary, final);
  } catch (error) {
    renameSync(old, final);
    throw error;
  }
  // The new output stands: a leftover of the old one is tried again at exit, and is no reason to fail.
  await trackTemporary(old)
    .remove()
    .catch(() => undefined);
}

function cannotWrite(target: string, error: unknown): unknown {
  const code = systemErrorCode(error);
  if (code === undefined) return error;
  const hint =
    code === "ENOSPC" || code === "EDQUOT" ? "Make room, or name another place." : "Name a place that can be written.";
  return new ExportError(`${target}: cannot write: ${describeSystemError(code)}`, { cause: error, hint });
}
