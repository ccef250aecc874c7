import { FormatError } from "../../core/errors.js";
import type { ReadOptions } from "../../core/tensor-source.js";
import { timed } from "../../core/timings.js";
import { type FileSource, openFile as openDiskFile } from "../../io/file-source.js";
import { parseSavedModel } from "../saved-model/saved-model.js";
import { setContentsAside } from "../saved-model/set-contents-aside.js";
import type { MetaGraph, SavedModel } from "../saved-model/types.js";
import type { OpenFile } from "../tf-bundle/shards.js";
import { isFile } from "./hub-files.js";

/** The largest published graph is some 20 MB; Node's strings and buffers end at about 512 MiB. */
const MAX_GRAPH_BYTES = 512 * 1024 ** 2;

export interface ReadFileOptions extends ReadOptions {
  readonly openFile?: OpenFile | undefined;
}

/** The graph that is for use of a `saved_model.pb`, all of it; undefined when there is no such file. `label` is what messages call it. */
export async function readGraphFile(
  file: string,
  label: string,
  options: ReadFileOptions,
): Promise<MetaGraph | undefined> {
  if (!(await isFile(file))) return undefined;
  const bytes = await readWhole(file, label, MAX_GRAPH_BYTES, options);
  return forUse(timed("graph: parse", bytes.length, () => parseSavedModel(label, bytes)));
}

/**
 * Does something with a graph whose large contents stay in the file, and keeps nothing of it: its memory is given back at once, where
 * the collector would find it when the peak of a conversion has passed.
 */
export async function withSparseGraph<T>(
  source: FileSource,
  label: string,
  options: ReadOptions,
  use: (metaGraph: MetaGraph) => T,
): Promise<T> {
  checkSize(label, source, MAX_GRAPH_BYTES);
  const { bytes, contents } = await setContentsAside(source, options);
  try {
    return use(forUse(timed("graph: parse", bytes.length, () => parseSavedModel(label, bytes, contents))));
  } finally {
    // What is transferred to a copy goes with the copy, which nobody keeps.
    structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  }
}

function forUse({ file, metaGraphs }: SavedModel): MetaGraph {
  const portable = metaGraphs.filter(({ signatures }) => signatures.has("default"));
  // The graph for use has no tags; one for training (`train`) may stand before it.
  const metaGraph = portable.find(({ tags }) => tags.length === 0) ?? portable[0] ?? metaGraphs[0];
  if (metaGraph !== undefined) return metaGraph;
  throw new FormatError({ file, field: "saved model" }, "at least one meta graph", "none", {
    hint: "The file is truncated or damaged: fetch it again.",
  });
}

/** All bytes of a small file. Throws {@link FormatError} for a file of more than `limit` bytes. */
export async function readWhole(
  file: string,
  label: string,
  limit: number,
  { openFile = openDiskFile, signal }: ReadFileOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  await using source = await openFile(file);
  checkSize(label, source, limit);
  return await source.slice(0, source.byteLength, { signal });
}

function checkSize(label: string, { byteLength }: FileSource, limit: number): void {
  if (byteLength <= limit) return;
  throw new FormatError({ file: label, field: "file" }, `at most ${limit} bytes`, `${byteLength} bytes`);
}
