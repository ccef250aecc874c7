import { FormatError, isPortError, throwIfAborted } from "../../core/errors.js";
import type { ReadOptions } from "../../core/tensor-source.js";
import { bytePieces } from "../../io/byte-pieces.js";
import type { ByteSource } from "../../io/byte-source.js";
import { DAMAGED, type PickleCursor } from "./instruction.js";
import { readStorageId } from "./storage-id.js";
import type { Serialised, StorageBytes } from "./storages.js";
import { MAX_PICKLE_BYTES, noStorages, unpickle } from "./unpickle.js";
import { describeValue, isKind, itemsOf, type PickleStorage, type PickleValue } from "./values.js";

/** The first pickle of the file, and its second: https://github.com/pytorch/pytorch/blob/v2.9.0/torch/serialization.py */
const MAGIC_NUMBER = 0x1950a86a20f9469cfc6cn;
const PROTOCOL_VERSION = 1001;

/** Enough for the pickles of most checkpoints; the rest is read when they turn out to be longer. */
const FIRST_BYTES = 256 * 1024;

/** Before each storage: how many elements it has. */
const COUNT_BYTES = 8;

interface Pickles {
  readonly root: PickleValue;
  readonly seen: ReadonlyMap<string, PickleStorage>;
  /** The storages that follow, in order. */
  readonly keys: readonly string[];
  /** Where the last pickle ends. */
  readonly end: number;
}

/**
 * What `torch.save` wrote before 1.6: five pickles (magic number, protocol, machine, value, keys of the storages), then each
 * storage, a count of elements and the elements.
 */
export async function openLegacySerialisation(source: ByteSource, options: ReadOptions): Promise<Serialised> {
  const { root, seen, keys, end } = await readPickles(source, options);
  const storages = new Map<string, StorageBytes>();
  let at = end;
  for (const key of keys) {
    throwIfAborted(options.signal);
    const storage = seen.get(key);
    const field = `storage ${JSON.stringify(key.slice(0, 40))}`;
    const fail = (expected: string, found: string): never => {
      throw new FormatError({ file: source.name, offset: at, field }, expected, found, DAMAGED);
    };
    if (storage === undefined) return fail("one that a tensor is in", "one without tensors");
    if (storages.has(key)) fail("one of this key", "two");
    if (at + COUNT_BYTES > source.byteLength) fail(`${COUNT_BYTES} bytes more`, "the end of the file");
    const field64 = await source.slice(at, at + COUNT_BYTES, options);
    const count = new DataView(field64.buffer, field64.byteOffset, COUNT_BYTES).getBigUint64(0, true);
    if (count !== BigInt(storage.count)) fail(`${storage.count} elements`, `${count}`);
    const start = at + COUNT_BYTES;
    const byteLength = storage.count * storage.type.bytes;
    const left = source.byteLength - start;
    if (byteLength > left) fail(`at most the ${left} bytes left in the file`, `${byteLength}`);
    storages.set(key, rangeBytes(source, start, byteLength));
    at = start + byteLength;
  }
  const missing = [...seen.keys()].find((key) => !storages.has(key));
  if (missing !== undefined) {
    const field = `storage ${JSON.stringify(missing)}`;
    throw new FormatError({ file: source.name, offset: end, field }, "it among those that follow", "none", DAMAGED);
  }
  if (at !== source.byteLength) {
    const found = `${source.byteLength - at} bytes more`;
    throw new FormatError({ file: source.name, offset: at, field: "storages" }, "the end of the file", found, DAMAGED);
  }
  return { format: "pytorch-legacy", root, storages, hasChecksums: false };
}

/** The pickles say their lengths only by being read: what does not fit in the first bytes is tried again with more. */
async function readPickles(source: ByteSource, options: ReadOptions): Promise<Pickles> {
  const first = Math.min(source.byteLength, FIRST_BYTES);
  const most = Math.min(source.byteLength, MAX_PICKLE_BYTES);
  try {
    return parsePickles(source.name, await source.slice(0, first, options));
  } catch (error) {
    if (first === most || !isPortError(error)) throw error;
    return parsePickles(source.name, await source.slice(0, most, options));
  }
}

/** The five pickles at the beginning of a file. Throws a {@link FormatError} for any other file. */
function parsePickles(file: string, bytes: Uint8Array): Pickles {
  const cursor: PickleCursor = { file, bytes, base: 0, offset: 0 };
  const expect = (field: string, expected: string, test: (value: PickleValue) => boolean): PickleValue => {
    const offset = cursor.offset;
    const value = unpickle(cursor, noStorages);
    if (test(value)) return value;
    throw new FormatError({ file, offset, field }, expected, describeValue(value), {
      hint: "This is not a file that torch.save wrote.",
    });
  };
  expect("magic number", `${MAGIC_NUMBER}`, (value) => value === MAGIC_NUMBER);
  expect("protocol version", `${PROTOCOL_VERSION}`, (value) => value === PROTOCOL_VERSION);
  expect("little_endian", "True", isLittleEndian);
  const seen = new Map<string, PickleStorage>();
  const root = unpickle(cursor, (id, machine) => readStorageId(id, machine, { seen }));
  const keys = itemsOf(expect("storage keys", "a list of strings", isListOfStrings)) ?? [];
  return { root, seen, keys: keys.filter((key) => typeof key === "string"), end: cursor.offset };
}

function isLittleEndian(machine: PickleValue): boolean {
  return isKind(machine, "dict") && machine.entries.some(([key, value]) => key === "little_endian" && value === true);
}

function isListOfStrings(value: PickleValue): boolean {
  return isKind(value, "list") && value.items.every((item) => typeof item === "string");
}

function rangeBytes(source: ByteSource, start: number, byteLength: number): StorageBytes {
  return {
    byteLength,
    place: (offset) => `@ ${start + offset}`,
    pieces: (from, to, options) => bytePieces(source, start + from, start + to, options),
    slice: (from, to, options) => source.slice(start + from, start + to, options),
  };
}
