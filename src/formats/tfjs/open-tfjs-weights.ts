import path from "node:path";
import { FormatError } from "../../core/errors.js";
import { BYTES_PER_ELEMENT, elementCount } from "../../core/tensor.js";
import type {
  PieceOptions,
  ReadOptions,
  TensorInfo,
  TensorSliceOptions,
  TensorSource,
} from "../../core/tensor-source.js";
import { bytePieces } from "../../io/byte-pieces.js";
import { checkRange } from "../../io/byte-source.js";
import { readDocument } from "../json-document.js";
import { dequantize } from "./dequantize.js";
import { openShardRun, type ShardRun } from "./shard-run.js";
import { type ModelDocument, parseModelDocument, type StoredWeight } from "./weights-manifest.js";

/** The weights of a tfjs graph model, unpacked where they are quantized. */
export interface TfjsWeights extends TensorSource {
  /** The strings of `userDefinedMetadata`. */
  readonly metadata: ReadonlyMap<string, string>;
}

/** A graph of a thousand nodes takes 300 kB; this leaves room for one with constants in it. */
export const MAX_MODEL_BYTES = 64 * 1024 * 1024;

/** Half of what a typed array can hold, and ten times the largest tensor of a released model. */
const MAX_TENSOR_BYTES = 2 * 1024 ** 3;

interface Entry extends StoredWeight {
  readonly run: ShardRun;
}

/**
 * Opens the weights that a `model.json` lists. It alone is read; the files of weights are looked up, and their sizes compared
 * with the list. Quantized weights are given as tfjs itself decodes them. Dispose it to close the files.
 *
 * @example
 * await using weights = await openTfjsWeights("web/model/tfjs/model.json");
 */
export async function openTfjsWeights(file: string, { signal }: ReadOptions = {}): Promise<TfjsWeights> {
  const document = parseModelDocument(file, await readDocument(file, file, MAX_MODEL_BYTES, { signal }));
  return await openListedWeights(file, "tfjs", document, { signal });
}

/** The weights of a document that has been read; `file` is its path. */
export async function openListedWeights(
  file: string,
  format: string,
  { groups, metadata }: ModelDocument,
  { signal }: ReadOptions,
): Promise<TfjsWeights> {
  const runs: ShardRun[] = [];
  const entries = new Map<string, Entry>();
  for (const group of groups) {
    const run = await openShardRun(path.dirname(file), group, file, { signal });
    runs.push(run);
    for (const weight of group.weights) entries.set(weight.name, { ...weight, run });
  }
  const entryOf = (name: string): Entry => {
    const entry = entries.get(name);
    if (entry !== undefined) return entry;
    throw new FormatError({ file, field: `weight ${name}` }, "a weight", "none of this name", {
      hint: "Ask for one of those that the manifest lists.",
    });
  };
  const read = async (name: string, options: ReadOptions = {}): Promise<Uint8Array> => {
    const weight = entryOf(name);
    const { run, start, end, quantization, dtype } = weight;
    const size = byteLengthOf(weight);
    if (size > MAX_TENSOR_BYTES) {
      throw new FormatError({ file, field: `weight ${name}` }, `at most ${MAX_TENSOR_BYTES} bytes`, `${size} bytes`, {
        hint: "No model that this program knows has a weight of that size.",
      });
    }
    const bytes = await run.slice(start, end, options);
    return quantization === undefined ? bytes : dequantize(bytes, quantization, dtype);
  };
  return {
    file,
    format,
    metadata,
    tensors: describe(entries),
    read,
    async *pieces(name: string, options: PieceOptions = {}) {
      const { run, start, end, quantization } = entryOf(name);
      if (quantization === undefined) return yield* bytePieces(run, start, end, options);
      const bytes = await read(name, options);
      options.into?.set(bytes);
      yield options.into?.subarray(0, bytes.byteLength) ?? bytes;
    },
    async slice(name: string, start: number, end: number, options: TensorSliceOptions = {}) {
      const weight = entryOf(name);
      const range = { name: file, byteLength: byteLengthOf(weight) };
      checkRange(range, start, end, `weight ${name}`);
      if (weight.quantization === undefined) {
        return await weight.run.slice(weight.start + start, weight.start + end, options);
      }
      const bytes = (await read(name, options)).subarray(start, end);
      const memory = options.into?.subarray(0, end - start) ?? new Uint8Array(end - start);
      memory.set(bytes);
      return memory;
    },
    async [Symbol.asyncDispose]() {
      for (const run of runs) await run[Symbol.asyncDispose]();
    },
  };
}

const byteLengthOf = ({ shape, dtype }: StoredWeight) => elementCount(shape) * BYTES_PER_ELEMENT[dtype];

function describe(entries: ReadonlyMap<string, Entry>): ReadonlyMap<string, TensorInfo> {
  const sorted = [...entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return new Map(
    sorted.map((weight): [string, TensorInfo] => {
      const { name, dtype, shape, quantization, start, run } = weight;
      const packed = quantization === undefined ? "" : ` (${quantization.dtype})`;
      return [name, { name, dtype, shape, byteLength: byteLengthOf(weight), origin: `${run.place(start)}${packed}` }];
    }),
  );
}
