import { UsageError } from "../../core/errors.js";
import { blobContent } from "../platform/file-content.js";
import { addFile, makeFolders, removeEntry } from "../platform/virtual-disk.js";
import type { DroppedFile } from "./dropped-file.js";

/** What was dropped, as files of the virtual disk. */
export interface MountedDrop extends AsyncDisposable {
  /** What is to be opened: the one file, or the folder. */
  readonly path: string;
  /** A file of class names that was dropped with it. */
  readonly labels: string | undefined;
}

/** Holds files that were dropped side by side. */
const TOGETHER = "dropped";

const LABELS = /(^|[./])labels\.json$/;
const CONFIG = /(^|\/)config\.json$/;
const ARCHIVE = /\.(tar\.gz|tgz)$/i;

let mounted = false;

/**
 * Puts dropped files on the virtual disk, under their own names, for these are what messages say. One drop at a time.
 * @throws UsageError for no files, and while another drop is there.
 */
export function mountDrop(files: readonly DroppedFile[]): MountedDrop {
  if (mounted) throw new UsageError("another model is still open", { hint: "Dispose of it first." });
  if (files.length === 0) throw new UsageError("there is no file in what was dropped");
  const isOne = files.length === 1 || new Set(files.map(({ path }) => topOf(path))).size === 1;
  const places = files.map(({ path, file }) => ({ path: isOne ? path : `${TOGETHER}/${path}`, file }));
  const tops = [...new Set(places.map(({ path }) => topOf(path)))];
  mounted = true;
  for (const { path, file } of places) {
    makeFolders(path.split("/").slice(0, -1).join("/"));
    addFile(path, blobContent(path, file));
  }
  const paths = places.map(({ path }) => path);
  const labels = paths.filter((path) => LABELS.test(path));
  return {
    path: modelAmong(paths),
    labels: labels.length === 1 ? labels[0] : undefined,
    async [Symbol.asyncDispose]() {
      for (const top of tops) await removeEntry(top);
      mounted = false;
    },
  };
}

const topOf = (path: string) => path.split("/")[0] ?? "";

/** An archive is a model whatever lies beside it; so is a file that is alone but for what tells more of it. All else is a folder, to be looked through. */
function modelAmong(paths: readonly string[]): string {
  const others = paths.filter((path) => !LABELS.test(path) && !CONFIG.test(path));
  const archives = others.filter((path) => ARCHIVE.test(path));
  const [only] = archives.length === 1 ? archives : others.length === 1 ? others : [];
  return only ?? topOf(paths[0] ?? "");
}
