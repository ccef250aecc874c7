import type { LoadProgress, WebFormat } from "../types.js";
import { fetchFile } from "./fetch-file.js";
import { fetchManifest } from "./fetch-manifest.js";
import { inOrder } from "./in-order.js";
import { chooseFormat, filesOfFormat, type ListedFile, parseManifest, type WebManifest } from "./manifest.js";
import { openStore } from "./store.js";
import { createTally } from "./tally.js";

export interface DownloadOptions {
  readonly format?: WebFormat | undefined;
  /** Keeps what arrives for the next visit. */
  readonly cache: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: LoadProgress) => void;
  readonly onNotice: (words: string) => void;
}

/** An export's files for one format. Every byte has been verified before anyone sees it. */
export interface Download {
  readonly manifest: WebManifest;
  readonly format: WebFormat;
  /** Those that this format takes. */
  readonly files: readonly ListedFile[];
  /** One file, whole: from an earlier visit where it was kept, else from the network. */
  read(path: string): Promise<Uint8Array<ArrayBuffer>>;
  /** Several, one after the other, up to six on their way at a time: no more than those are in memory. */
  stream(paths: readonly string[]): ReadableStream<ArrayBuffer>;
  /** Everything was read: keeps the manifest for when there is no network, and drops files of earlier versions. */
  complete(): Promise<void>;
}

/**
 * Reads a manifest and looks which of its files are there already. Progress begins with the exact total.
 * @throws FormatError for a manifest that is none or lacks the format, WebError (`network`), the signal's reason.
 */
export async function openDownload(url: URL, options: DownloadOptions): Promise<Download> {
  const { signal, onNotice } = options;
  const store = await openStore(url, { enabled: options.cache, onNotice });
  const text = await fetchManifest(url, { signal, onNotice, kept: () => store.manifest() });
  const manifest = parseManifest(text);
  const format = chooseFormat(manifest, options.format);
  const files = filesOfFormat(manifest, format);
  const tally = createTally(files, options.onProgress);
  for (const file of files) if (store.kept.has(file.sha256)) tally.kept(file);

  async function read(file: ListedFile): Promise<Uint8Array<ArrayBuffer>> {
    const kept = await store.read(file);
    signal.throwIfAborted();
    if (kept !== undefined) return kept;
    const onBytes = (bytes: number) => tally.arrived(file, bytes);
    const bytes = await fetchFile(new URL(file.path, url), file, { signal, onBytes, onNotice });
    await store.write(file, bytes);
    return bytes;
  }

  function listed(path: string): ListedFile {
    const file = files.find((candidate) => candidate.path === path);
    if (file === undefined) throw new Error(`download: ${path} is not in the manifest`);
    return file;
  }

  return {
    manifest,
    format,
    files,
    read: (path) => read(listed(path)),
    stream: (paths) => inOrder(paths.map(listed), read),
    complete: () => store.complete(text, new Set([...manifest.files.values()].map(({ sha256 }) => sha256))),
  };
}
