import path from "path-browserify";
import type { FileContent } from "./file-content.js";
import { systemError } from "./system-error.js";

/** Dropped files and what is unpacked from them, as one tree of folders. It lives as long as the worker. */
export interface Folder {
  readonly kind: "folder";
  readonly entries: Map<string, Entry>;
}

export interface StoredFile {
  readonly kind: "file";
  readonly content: FileContent;
}

export type Entry = Folder | StoredFile;

const emptyFolder = (): Folder => ({ kind: "folder", entries: new Map() });

const root = emptyFolder();

/** A path from the root, without `.`, `..` and doubled slashes. */
export function absolutePath(name: string): string {
  return path.resolve("/", name);
}

const partsOf = (name: string) => absolutePath(name).split("/").filter(Boolean);

/** The file or folder of a path. Throws as the system call does (ENOENT, ENOTDIR), of the path that was asked for. */
export function entryAt(name: string, syscall: string, asked = name): Entry {
  let entry: Entry = root;
  for (const part of partsOf(name)) {
    if (entry.kind === "file") throw systemError("ENOTDIR", syscall, asked);
    const next = entry.entries.get(part);
    if (next === undefined) throw systemError("ENOENT", syscall, asked);
    entry = next;
  }
  return entry;
}

/** `asked` is the path that an error names. */
function folderAt(name: string, syscall: string, asked = name): Folder {
  const entry = entryAt(name, syscall, asked);
  if (entry.kind === "folder") return entry;
  throw systemError("ENOTDIR", syscall, asked);
}

/** The names in a folder. */
export function namesIn(name: string): string[] {
  return [...folderAt(name, "scandir").entries.keys()];
}

/** Throws unless a file can be put there: EEXIST where something is, ENOENT without a folder. */
export function requireFree(name: string): void {
  const full = absolutePath(name);
  const { entries } = folderAt(path.dirname(full), "open", name);
  if (entries.has(path.basename(full))) throw systemError("EEXIST", "open", name);
}

/** Puts a file where there is none: {@link requireFree}. */
export function addFile(name: string, content: FileContent): void {
  requireFree(name);
  const full = absolutePath(name);
  folderAt(path.dirname(full), "open").entries.set(path.basename(full), { kind: "file", content });
}

/** Makes a folder and all above it. Gives the first that it made; undefined when all were there. */
export function makeFolders(name: string): string | undefined {
  let made: string | undefined;
  let folder = root;
  let place = "";
  const parts = partsOf(name);
  for (const [index, part] of parts.entries()) {
    place += `/${part}`;
    let next = folder.entries.get(part);
    if (next === undefined) {
      next = emptyFolder();
      folder.entries.set(part, next);
      made ??= place;
    }
    if (next.kind === "file") throw systemError(index + 1 === parts.length ? "EEXIST" : "ENOTDIR", "mkdir", name);
    folder = next;
  }
  return made;
}

/** Removes a file, or a folder with all that is in it, and gives back what held the bytes. */
export async function removeEntry(name: string): Promise<void> {
  const full = absolutePath(name);
  const entry = entryAt(full, "rm");
  folderAt(path.dirname(full), "rm").entries.delete(path.basename(full));
  await forget(entry);
}

async function forget(entry: Entry): Promise<void> {
  if (entry.kind === "file") return await entry.content.remove();
  for (const inner of entry.entries.values()) await forget(inner);
}
