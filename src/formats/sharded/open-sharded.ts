import path from "node:path";
import { FormatError, throwIfAborted } from "../../core/errors.js";
import {
  type ReadOptions,
  type TensorInfo,
  type TensorSliceOptions,
  type TensorSource,
  tensorPieces,
} from "../../core/tensor-source.js";
import { type FileSource, openFile as openDiskFile } from "../../io/file-source.js";
import { openPyTorch } from "../pytorch/open-pytorch.js";
import { recogniseFile } from "../recognise-file.js";
import { openSafetensors } from "../safetensors/open-safetensors.js";
import { findShards } from "./find-shards.js";

/** Several files of weights as one source. */
export interface ShardedSource extends TensorSource {
  /** Tensors that are there but of a type that is not read, each with the reason. Not in `tensors`. */
  readonly unsupported: ReadonlyMap<string, string>;
}

export interface OpenShardedOptions extends ReadOptions {
  /** How files are opened; the one hook for counting or redirecting reads. */
  readonly openFile?: ((path: string) => Promise<FileSource>) | undefined;
}

type Shard = TensorSource & { readonly unsupported: ReadonlyMap<string, string> };

/** Each is held open, and a process may hold some thousand files. The largest language models have 200. */
const MAX_SHARDS = 512;

/**
 * Opens shards as one source: from their index (`model.safetensors.index.json`, `pytorch_model.bin.index.json`), from a folder
 * that holds an index or numbered shards, or from a pattern (`model-*.safetensors`). The shards' own indices are read, no
 * tensor. Throws a {@link FormatError} when one is missing, when two hold the same tensor, or when the index says otherwise.
 *
 * @example
 * await using weights = await openSharded("model.safetensors.index.json");
 */
export async function openSharded(
  place: string,
  { openFile = openDiskFile, signal }: OpenShardedOptions = {},
): Promise<ShardedSource> {
  const { files, placeOf } = await findShards(place, { signal });
  if (files.length === 0 || files.length > MAX_SHARDS) {
    throw new FormatError({ file: place, field: "shards" }, `1 to ${MAX_SHARDS} files`, `${files.length}`, {
      hint: "Name the files of one model with a pattern, or their index.",
    });
  }
  const shards = new Map<string, Shard>();
  const close = async (): Promise<void> => {
    for (const shard of shards.values()) await shard[Symbol.asyncDispose]();
  };
  try {
    for (const file of files) {
      throwIfAborted(signal);
      shards.set(file, await openShard(file, { openFile, signal }));
    }
    const owners = ownersOf(place, shards);
    if (placeOf !== undefined) checkIndex(place, owners, placeOf);
    const shardOf = (name: string): Shard => {
      const shard = shards.get(owners.get(name) ?? "");
      if (shard !== undefined) return shard;
      throw new FormatError({ file: place, field: `tensor ${name}` }, "a tensor", "none of this name", {
        hint: "Ask for one of those that the shards list.",
      });
    };
    const hasSlices = [...shards.values()].every((shard) => shard.slice !== undefined);
    return {
      file: place,
      format: `sharded ${[...new Set(Array.from(shards.values(), ({ format }) => format))].join(", ")}`,
      ...describe(shards),
      read: async (name, options) => await shardOf(name).read(name, options),
      pieces: (name, options) => tensorPieces(shardOf(name), name, options),
      ...(hasSlices && {
        slice: async (name: string, start: number, end: number, options?: TensorSliceOptions) =>
          (await shardOf(name).slice?.(name, start, end, options)) ?? new Uint8Array(),
      }),
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openShard(file: string, options: OpenShardedOptions): Promise<Shard> {
  const kind = await recogniseFile(file);
  if (kind === "safetensors") return await openSafetensors(file, options);
  if (kind === "pytorch-zip" || kind === "pytorch-legacy") return await openPyTorch(file, options);
  throw new FormatError({ file, field: "shard" }, "a safetensors or PyTorch file", `a file of the kind ${kind}`, {
    hint: "Other kinds of files are read alone: name this one.",
  });
}

/** Which shard holds each tensor; one that two hold is refused, as it is not known which is meant. */
function ownersOf(place: string, shards: ReadonlyMap<string, Shard>): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  for (const [file, { tensors, unsupported }] of shards) {
    for (const name of [...tensors.keys(), ...unsupported.keys()]) {
      const other = owners.get(name);
      if (other !== undefined) {
        const found = `it in ${path.basename(other)} and ${path.basename(file)}`;
        throw new FormatError({ file: place, field: `tensor ${name}` }, "one shard that holds it", found, {
          hint: "Name the files of one model.",
        });
      }
      owners.set(name, file);
    }
  }
  return owners;
}

function checkIndex(place: string, owners: ReadonlyMap<string, string>, placeOf: ReadonlyMap<string, string>): void {
  const hint = "The index and the shards are not of one model: fetch all of them again.";
  for (const [name, file] of placeOf) {
    const owner = owners.get(name);
    if (owner === file) continue;
    const found = owner === undefined ? "it in no shard" : `it in ${path.basename(owner)}`;
    const field = `weight_map ${JSON.stringify(name.slice(0, 80))}`;
    throw new FormatError({ file: place, field }, `it in ${path.basename(file)}`, found, { hint });
  }
  const extra = [...owners].find(([name]) => !placeOf.has(name));
  if (extra === undefined) return;
  const [name, owner] = extra;
  const found = `the tensor ${name.slice(0, 80)} in ${path.basename(owner)} beside them`;
  throw new FormatError({ file: place, field: "weight_map" }, "all tensors of the shards", found, { hint });
}

function describe(shards: ReadonlyMap<string, Shard>) {
  const tensors: TensorInfo[] = [];
  const unsupported: [string, string][] = [];
  for (const [file, shard] of shards) {
    for (const info of shard.tensors.values()) {
      tensors.push({ ...info, origin: `${path.basename(file)} ${info.origin}` });
    }
    for (const entry of shard.unsupported) unsupported.push(entry);
  }
  tensors.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { tensors: new Map(tensors.map((info) => [info.name, info])), unsupported: new Map(unsupported) };
}
