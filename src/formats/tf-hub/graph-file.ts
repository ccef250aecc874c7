import { FormatError } from "../../core/errors.js";
import type { ReadOptions } from "../../core/tensor-source.js";
import { timed } from "../../core/timings.js";
import { openFile as openDiskFile } from "../../io/file-source.js";
import { parseSavedModel } from "../saved-model/saved-model.js";
import type { MetaGraph } from "../saved-model/types.js";
import type { OpenFile } from "../tf-bundle/shards.js";
import { isFile } from "./hub-files.js";

/** A module's graph is read whole. The largest published one is some 20 MB; Node's strings and buffers end at about 512 MiB. */
const MAX_GRAPH_BYTES = 512 * 1024 ** 2;

export interface ReadFileOptions extends ReadOptions {
  readonly openFile?: OpenFile | undefined;
}

/** A module's graph as it was read. */
export interface GraphFile {
  /** Bytes of constants are views of the file. */
  readonly metaGraph: MetaGraph;
  /** Gives its memory back at once; nothing of it may be looked at any more. The collector would find it when the peak of a conversion has passed. */
  letGo(): void;
}

/** The graph that is for use of a `saved_model.pb`; undefined when there is no such file. `label` is what messages call it. */
export async function readGraphFile(
  file: string,
  label: string,
  options: ReadFileOptions,
): Promise<GraphFile | undefined> {
  if (!(await isFile(file))) return undefined;
  const bytes = await readWhole(file, label, MAX_GRAPH_BYTES, options);
  const { metaGraphs } = timed("graph: parse", bytes.length, () => parseSavedModel(label, bytes));
  const portable = metaGraphs.filter(({ signatures }) => signatures.has("default"));
  // The graph for use has no tags; one for training (`train`) may stand before it.
  const metaGraph = portable.find(({ tags }) => tags.length === 0) ?? portable[0] ?? metaGraphs[0];
  if (metaGraph === undefined) {
    throw new FormatError({ file: label, field: "saved model" }, "at least one meta graph", "none", {
      hint: "The file is truncated or damaged: fetch it again.",
    });
  }
  return {
    metaGraph,
    letGo() {
      const { buffer, byteLength } = bytes;
      // What is transferred to a copy goes with the copy, which nobody keeps.
      if (byteLength === buffer.byteLength) structuredClone(buffer, { transfer: [buffer] });
    },
  };
}

/** All bytes of a small file. Throws {@link FormatError} for a file of more than `limit` bytes. */
export async function readWhole(
  file: string,
  label: string,
  limit: number,
  { openFile = openDiskFile, signal }: ReadFileOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  await using source = await openFile(file);
  if (source.byteLength > limit) {
    throw new FormatError({ file: label, field: "file" }, `at most ${limit} bytes`, `${source.byteLength} bytes`);
  }
  return await source.slice(0, source.byteLength, { signal });
}
