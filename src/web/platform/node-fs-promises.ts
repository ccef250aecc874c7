// What the readers use of `node:fs/promises`, on the virtual disk. Compared with Node's own in test/web/platform.
import { closeDescriptor, openDescriptor } from "./node-fs.js";
import { scratchContent } from "./scratch.js";
import { systemError } from "./system-error.js";
import {
  absolutePath,
  addFile,
  type Entry,
  entryAt,
  makeFolders,
  namesIn,
  removeEntry,
  requireFree,
} from "./virtual-disk.js";

/** Of Node's stats, what is asked for. */
export interface Stats {
  readonly size: number;
  isFile(): boolean;
  isDirectory(): boolean;
}

/** Of Node's handles, what is used. */
export interface FileHandle {
  readonly fd: number;
  stat(): Promise<Stats>;
  /** Adds to what was written before through this handle. */
  writeFile(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

function statsOf(entry: Entry): Stats {
  return {
    size: entry.kind === "file" ? entry.content.byteLength : 0,
    isFile: () => entry.kind === "file",
    isDirectory: () => entry.kind === "folder",
  };
}

export async function stat(path: string): Promise<Stats> {
  return statsOf(entryAt(path, "stat"));
}

/** There are no links. */
export const lstat = stat;

/** There are no links: the path from the root. */
export async function realpath(path: string): Promise<string> {
  entryAt(path, "realpath");
  return absolutePath(path);
}

/** Opens for reading, or with `"wx"` makes a new file to write. */
export async function open(path: string, flags: "wx" | number): Promise<FileHandle> {
  if (flags === "wx") {
    requireFree(path);
    addFile(path, await scratchContent(path));
  }
  const entry = entryAt(path, "open");
  const fd = openDescriptor(entry);
  return {
    fd,
    stat: async () => statsOf(entry),
    async writeFile(bytes) {
      if (entry.kind === "folder") throw systemError("EISDIR", "write", path);
      entry.content.append(bytes);
    },
    async close() {
      closeDescriptor(fd);
    },
  };
}

type ReadOptions = { readonly encoding?: "utf8"; readonly signal?: AbortSignal | undefined };

/** The whole file: bytes, or text when it is asked for as `utf8`. */
export async function readFile(path: string, options: ReadOptions & { readonly encoding: "utf8" }): Promise<string>;
export async function readFile(path: string, options?: ReadOptions): Promise<Uint8Array>;
export async function readFile(path: string, { encoding, signal }: ReadOptions = {}): Promise<Uint8Array | string> {
  signal?.throwIfAborted();
  const entry = entryAt(path, "open");
  if (entry.kind === "folder") throw systemError("EISDIR", "read", path);
  const bytes = new Uint8Array(entry.content.byteLength);
  entry.content.read(bytes, 0);
  return encoding === undefined ? bytes : new TextDecoder().decode(bytes);
}

export async function readdir(path: string): Promise<string[]> {
  return namesIn(path);
}

/** With its parents; gives the first folder that was made. */
export async function mkdir(path: string, _options: { readonly recursive: true }): Promise<string | undefined> {
  return makeFolders(path);
}

/** A new folder whose name begins so. */
export async function mkdtemp(prefix: string): Promise<string> {
  const path = `${prefix}${Math.random().toString(36).slice(2, 8).padEnd(6, "0")}`;
  makeFolders(path);
  return path;
}

/** A file, or a folder with all that is in it. What is not there is no error. */
export async function rm(path: string, _options: { readonly recursive: true; readonly force: true }): Promise<void> {
  try {
    await removeEntry(path);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
  }
}

/** An empty folder. */
export async function rmdir(path: string): Promise<void> {
  if (namesIn(path).length > 0) throw systemError("ENOTEMPTY", "rmdir", path);
  await removeEntry(path);
}
