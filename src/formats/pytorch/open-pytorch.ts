import { FormatError, throwIfAborted } from "../../core/errors.js";
import { elementCount } from "../../core/tensor.js";
import {
  PIECE_BYTES,
  type PieceOptions,
  type ReadOptions,
  type TensorInfo,
  type TensorSource,
} from "../../core/tensor-source.js";
import { checkRange } from "../../io/byte-source.js";
import { type FileSource, openFile as openDiskFile } from "../../io/file-source.js";
import { regroup } from "../zip/regroup.js";
import { DAMAGED } from "./instruction.js";
import { openLegacySerialisation } from "./legacy-serialisation.js";
import { stateTree } from "./state-tree.js";
import type { StorageBytes } from "./storages.js";
import { elementSpan, gather, isContiguous } from "./strided.js";
import type { PickleTensor } from "./values.js";
import { openZipSerialisation } from "./zip-serialisation.js";

/** A file that `torch.save` wrote, in either serialisation. */
export interface PyTorchFile extends TensorSource {
  /** Tensors that are there but of a type that is not read (int8, complex64 …), each with the reason. Not in `tensors`. */
  readonly unsupported: ReadonlyMap<string, string>;
  /** What else the file holds, by name, in a few words: numbers, strings, lengths of lists. For `inspect`. */
  readonly otherEntries: ReadonlyMap<string, string>;
  /** Whether reading verifies anything: zip archives have checksums, unless torch was told to compute none. */
  readonly hasChecksums: boolean;
}

export interface OpenPyTorchOptions extends ReadOptions {
  /** How the file is opened; the one hook for counting or redirecting reads. */
  readonly openFile?: ((path: string) => Promise<FileSource>) | undefined;
}

/** Half of what a typed array can hold, and ten times the largest tensor of a released model. */
const MAX_TENSOR_BYTES = 2 * 1024 ** 3;

/** Tensors may share storages, as tied weights do; all of them together may be this often the file, and a constant for small files. */
const MAX_SHARING = 16;
const MAX_SHARED_BYTES = 16 * 1024 * 1024;

/** A tensor and where its bytes are: `start` to `end` of its storage, which a strided one is gathered from. */
interface StoredTensor {
  readonly name: string;
  readonly view: PickleTensor;
  readonly storage: StorageBytes;
  readonly start: number;
  readonly end: number;
  readonly byteLength: number;
  readonly isContiguous: boolean;
}

/**
 * Opens a file of `torch.save`: a zip archive, or the stream that versions before 1.6 wrote. Its pickles are read, and nothing in
 * them is run; tensors are read when asked for. The tensors of a nested checkpoint are named by the keys on the way to them,
 * joined with dots (`state_dict.shared.weight`). Throws a {@link FormatError}. Dispose it to close the file.
 *
 * @example
 * await using weights = await openPyTorch("G_ema.pth");
 */
export async function openPyTorch(
  file: string,
  { openFile = openDiskFile, signal }: OpenPyTorchOptions = {},
): Promise<PyTorchFile> {
  const source = await openFile(file);
  try {
    throwIfAborted(signal);
    const isZip = await beginsAsZip(source, { signal });
    const open = isZip ? openZipSerialisation : openLegacySerialisation;
    const { format, root, storages, hasChecksums } = await open(source, { signal });
    const tree = stateTree(file, root);
    const stored = storedTensors(file, tree.tensors, storages);
    checkSharing(file, stored, source.byteLength);
    const { tensors, unsupported } = describe(stored);
    const placeOf = (name: string) => readable(file, stored.get(name), name);
    const hasSlices = [...stored.values()].every((tensor) => tensor.isContiguous && tensor.storage.slice !== undefined);
    return {
      file,
      format,
      tensors,
      unsupported,
      otherEntries: tree.otherEntries,
      hasChecksums,
      read: async (name, options) => await readTensor(file, placeOf(name), options),
      pieces: (name, options = {}) => tensorPieces(file, placeOf(name), options),
      ...(hasSlices && {
        async slice(name: string, start: number, end: number, options: Parameters<typeof source.slice>[2] = {}) {
          const { storage, start: begin, byteLength } = placeOf(name);
          checkRange({ name: file, byteLength }, start, end, `tensor ${name}`);
          return (await storage.slice?.(begin + start, begin + end, options)) ?? new Uint8Array();
        },
      }),
      [Symbol.asyncDispose]: () => source[Symbol.asyncDispose](),
    };
  } catch (error) {
    await source[Symbol.asyncDispose]();
    throw error;
  }
}

async function beginsAsZip(source: FileSource, options: ReadOptions): Promise<boolean> {
  const head = await source.slice(0, Math.min(2, source.byteLength), options);
  return head[0] === 0x50 && head[1] === 0x4b;
}

function storedTensors(
  file: string,
  views: ReadonlyMap<string, PickleTensor>,
  storages: ReadonlyMap<string, StorageBytes>,
): ReadonlyMap<string, StoredTensor> {
  const sorted = [...views].sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(
    sorted.map(([name, view]) => {
      const { shape, strides, type, offset } = view;
      const storage = storages.get(view.storage.key);
      if (storage === undefined)
        throw new FormatError({ file, field: `tensor ${name}` }, "its storage", "none", DAMAGED);
      const start = elementCount(shape) === 0 ? 0 : offset * type.bytes;
      const end = start + elementSpan(shape, strides) * type.bytes;
      checkRange({ name: file, byteLength: storage.byteLength }, start, end, `tensor ${name}`);
      const byteLength = elementCount(shape) * type.bytes;
      return [name, { name, view, storage, start, end, byteLength, isContiguous: isContiguous(shape, strides) }];
    }),
  );
}

function checkSharing(file: string, stored: ReadonlyMap<string, StoredTensor>, fileBytes: number): void {
  const total = [...stored.values()].reduce((sum, { byteLength }) => sum + byteLength, 0);
  const most = Math.max(MAX_SHARING * fileBytes, MAX_SHARED_BYTES);
  if (total <= most) return;
  throw new FormatError({ file, field: "tensors" }, `at most ${most} bytes in all`, `${total}, from shared storages`, {
    hint: "Save the weights alone: torch.save(model.state_dict(), file).",
  });
}

function describe(stored: ReadonlyMap<string, StoredTensor>) {
  const tensors = new Map<string, TensorInfo>();
  const unsupported = new Map<string, string>();
  for (const { name, view, storage, start, byteLength, isContiguous } of stored.values()) {
    const { dtype, name: typeName } = view.type;
    const origin = `${storage.place(start)}${isContiguous ? "" : ", strided"}`;
    if (dtype === undefined) unsupported.set(name, `${typeName}, which is not supported`);
    else tensors.set(name, { name, dtype, shape: view.shape, byteLength, origin });
  }
  return { tensors, unsupported };
}

function readable(file: string, tensor: StoredTensor | undefined, name: string): StoredTensor {
  if (tensor?.view.type.dtype !== undefined) return tensor;
  const found = tensor === undefined ? "none of this name" : `${tensor.view.type.name}, which is not supported`;
  throw new FormatError({ file, field: `tensor ${name}` }, "a tensor that can be read", found, {
    hint: "Floating-point tensors of 16, 32 and 64 bits are read: convert the file to one of these.",
  });
}

async function readTensor(file: string, tensor: StoredTensor, options: ReadOptions = {}): Promise<Uint8Array> {
  const { name, view, storage, start, end, byteLength } = tensor;
  const size = Math.max(end - start, byteLength);
  if (size > MAX_TENSOR_BYTES) {
    throw new FormatError({ file, field: `tensor ${name}` }, `at most ${MAX_TENSOR_BYTES} bytes`, `${size}`, {
      hint: "Save a clone of the tensor, which takes no more than it needs.",
    });
  }
  const span = new Uint8Array(end - start);
  for await (const _ of storage.pieces(start, end, { ...options, into: span })) throwIfAborted(options.signal);
  return tensor.isContiguous ? span : gather(span, view.shape, view.strides, view.type.bytes);
}

async function* tensorPieces(file: string, tensor: StoredTensor, options: PieceOptions): AsyncGenerator<Uint8Array> {
  const { storage, start, end, byteLength } = tensor;
  if (tensor.isContiguous) {
    yield* storage.pieces(start, end, options);
    return;
  }
  const { unit = 1, into, signal } = options;
  const whole = async function* () {
    yield await readTensor(file, tensor, { signal });
  };
  yield* regroup(whole(), byteLength, unit * Math.max(1, Math.floor(PIECE_BYTES / unit)), into);
}
