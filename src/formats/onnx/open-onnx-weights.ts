import { realpath } from "node:fs/promises";
import path from "node:path";
import { FormatError, throwIfAborted } from "../../core/errors.js";
import { BYTES_PER_ELEMENT, decodeFloats, elementCount } from "../../core/tensor.js";
import type { ReadOptions, TensorInfo, TensorSource } from "../../core/tensor-source.js";
import { type FileSource, openFile as openDiskFile } from "../../io/file-source.js";
import { storedChannels, takeFilter } from "./layout.js";
import { indexModel, type ModelIndex } from "./model-index.js";
import { isCodes, type StoredParameter, type StoredTensor, storedParameters } from "./stored-parameters.js";
import type { TensorEntry } from "./tensor-entry.js";
import { DAMAGED } from "./walk.js";

/** The parameters of an ONNX model of ours, in our own order and in float32, however the file has them. */
export interface OnnxWeights extends TensorSource {
  /** The strings of `metadata_props`. */
  readonly metadata: ReadonlyMap<string, string>;
}

export interface OpenOnnxOptions extends ReadOptions {
  /** How files are opened; the one hook for counting or redirecting reads. */
  readonly openFile?: ((path: string) => Promise<FileSource>) | undefined;
}

/** Half of what a typed array can hold, and ten times the largest tensor of a released model. */
const MAX_TENSOR_BYTES = 2 * 1024 ** 3;

/**
 * Opens `model.onnx` as {@link writeOnnxModel} wrote it. Nodes and numbers are jumped over; files beside the model are looked up, and only
 * inside its folder. Throws a {@link FormatError}. Dispose it to close the files.
 *
 * @example
 * await using weights = await openOnnxWeights("out/onnx/model.onnx");
 */
export async function openOnnxWeights(
  file: string,
  { openFile = openDiskFile, signal }: OpenOnnxOptions = {},
): Promise<OnnxWeights> {
  const files = new Map<string | undefined, FileSource>([[undefined, await openFile(file)]]);
  const close = async (): Promise<void> => {
    for (const source of files.values()) await source[Symbol.asyncDispose]();
  };
  try {
    const { metadata, tensors } = await readIndex(file, files.get(undefined), signal);
    for (const tensor of tensors.values()) {
      const { location } = tensor;
      if (!files.has(location)) {
        throwIfAborted(signal);
        files.set(location, await openFile(await placeBeside(file, location ?? "", files.size)));
      }
      checkPlace(file, tensor, files.get(location)?.byteLength ?? 0);
    }
    const parameters = storedParameters(file, tensors);
    const bytesOf = async ({ location, start, end }: TensorEntry, options: ReadOptions) =>
      (await files.get(location)?.slice(start, end, options)) ?? new Uint8Array();
    return {
      file,
      format: "onnx",
      metadata,
      tensors: describe(file, parameters),
      async read(name, options = {}) {
        const parameter = parameters.get(name);
        if (parameter === undefined) {
          throw new FormatError({ file, field: `tensor ${name}` }, "a parameter", "none of this name");
        }
        const values = await readParameter(parameter, (tensor) => bytesOf(tensor, options));
        return new Uint8Array(values.buffer);
      },
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function readIndex(
  file: string,
  source: FileSource | undefined,
  signal: AbortSignal | undefined,
): Promise<ModelIndex> {
  const walk = indexModel(file, source?.byteLength ?? 0);
  let step = walk.next();
  while (!step.done) {
    const { start, end } = step.value;
    step = walk.next((await source?.slice(start, end, { signal })) ?? new Uint8Array());
  }
  return step.value;
}

/** We write one. */
const MAX_FILES = 16;

/** Also a link must not lead out of the model's folder. */
async function placeBeside(file: string, location: string, filesSoFar: number): Promise<string> {
  const folder = path.dirname(file);
  const place = path.join(folder, location);
  const fault = (expected: string, found: string) => new FormatError({ file, field: "external data" }, expected, found);
  if (filesSoFar > MAX_FILES) throw fault(`at most ${MAX_FILES} files`, "more");
  // One that is missing is reported when it is opened.
  const [real, within] = await Promise.all([realpath(place).catch(() => undefined), realpath(folder)]);
  if (real !== undefined && !real.startsWith(within + path.sep)) {
    throw fault("a file inside the model's folder", `a link out of it, ${JSON.stringify(location.slice(0, 80))}`);
  }
  return place;
}

function checkPlace(file: string, { name, location, start, end }: TensorEntry, byteLength: number): void {
  const field = `tensor ${JSON.stringify(name.slice(0, 80))}`;
  if (end > byteLength) {
    const expected = `a range inside the ${byteLength} bytes of ${location ?? "the file"}`;
    throw new FormatError({ file, field }, expected, `bytes ${start} to ${end}`, DAMAGED);
  }
  if (end - start > MAX_TENSOR_BYTES) {
    throw new FormatError({ file, field }, `at most ${MAX_TENSOR_BYTES} bytes`, `${end - start}`, DAMAGED);
  }
}

function describe(file: string, parameters: ReadonlyMap<string, StoredParameter>): ReadonlyMap<string, TensorInfo> {
  const sorted = [...parameters].sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(
    sorted.map(([name, { shape, tensors }]): [string, TensorInfo] => {
      const [first] = tensors;
      const stored = first === undefined || first.values.type === "float32" ? "" : ` (${first.values.type})`;
      const place = `${first?.values.location ?? path.basename(file)} @ ${first?.values.start ?? 0}`;
      const byteLength = elementCount(shape) * BYTES_PER_ELEMENT.float32;
      return [name, { name, dtype: "float32", shape, byteLength, origin: `${place}${stored}` }];
    }),
  );
}

async function readParameter(
  { shape, tensors }: StoredParameter,
  bytesOf: (tensor: TensorEntry) => Promise<Uint8Array>,
): Promise<Float32Array<ArrayBuffer>> {
  const filter = new Float32Array(elementCount(shape));
  for (const stored of tensors) {
    const numbers = await readNumbers(stored, shape, bytesOf);
    if (stored.layout === "same") filter.set(numbers);
    else takeFilter(stored.layout, shape, numbers, filter);
  }
  return filter;
}

/** In the order of the file, with the arithmetic of a runtime: a product rounded to float32, then a sum. */
async function readNumbers(
  { layout, values, scales, offsets }: StoredTensor,
  shape: StoredParameter["shape"],
  bytesOf: (tensor: TensorEntry) => Promise<Uint8Array>,
): Promise<Float32Array> {
  const bytes = await bytesOf(values);
  if (!isCodes(values))
    return Float32Array.from(decodeFloats(bytes, values.type === "float16" ? "float16" : "float32"));
  const numbers = values.type === "int8" ? fromInt8(bytes) : fromInt32(bytes);
  const vector = async (tensor: TensorEntry | undefined) =>
    tensor === undefined ? undefined : decodeFloats(await bytesOf(tensor), "float32");
  const [factors, addends] = [await vector(scales), await vector(offsets)];
  const channels = factors?.length ?? 1;
  const { axis } = storedChannels(layout, shape);
  const inner = elementCount(values.shape.slice(axis + 1));
  for (let at = 0; at < numbers.length; at++) {
    const channel = Math.floor(at / inner) % channels;
    const product = Math.fround((numbers[at] ?? 0) * (factors?.[channel] ?? 1));
    numbers[at] = addends === undefined ? product : product + (addends[channel] ?? 0);
  }
  return numbers;
}

function fromInt8({ buffer, byteOffset, length }: Uint8Array): Float32Array<ArrayBuffer> {
  return Float32Array.from(new Int8Array(buffer, byteOffset, length));
}

/** Little-endian, at any place of the file. */
function fromInt32({ buffer, byteOffset, length }: Uint8Array): Float32Array<ArrayBuffer> {
  const view = new DataView(buffer, byteOffset, length);
  return Float32Array.from({ length: length / 4 }, (_, at) => view.getInt32(at * 4, true));
}
