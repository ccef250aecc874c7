import { FormatError } from "../../core/errors.js";
import { BYTES_PER_ELEMENT, type DType, elementCount, formatShape, type Shape } from "../../core/tensor.js";
import type { ReadOptions } from "../../core/tensor-source.js";
import type { ByteSource } from "../../io/byte-source.js";
import { parseDatatype, type StoredType } from "./datatype.js";
import { count, DAMAGED, unsigned, wrong } from "./fields.js";
import { type Layout, parseLayout } from "./layout.js";
import type { DatasetEntry } from "./libhdf5.js";
import { MESSAGES, type Message, readObjectHeader } from "./object-header.js";
import type { Superblock } from "./superblock.js";

/** A dataset whose numbers can be read. */
export interface Dataset {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: Shape;
  readonly byteLength: number;
  readonly origin: string;
  /** Bytes of the tensor that one row of chunks holds, or of an element when there is no such row. */
  readonly stride: number;
}

/** A chunk is unpacked whole. h5py makes chunks of at most 1 MiB by itself. */
const MAX_CHUNK_BYTES = 64 * 1024 * 1024;

/** What deflate makes of zeros, and a little: https://www.zlib.net/zlib_tech.html */
const MAX_DEFLATION = 1040;

/** A message has at most this much, and a compact dataset's bytes stand in one. */
const MAX_COMPACT_BYTES = 65_536;

/** https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html#FilterMessage */
const FILTERS = { deflate: 1, shuffle: 2, fletcher32: 3 } as const;

/** The parts of a file that say what is in it. */
export interface Hdf5Parts {
  readonly source: ByteSource;
  readonly superblock: Superblock;
}

/**
 * Holds what libhdf5 says of a dataset against its header and the file's size, or says why it is left out. Throws a {@link FormatError}
 * when it cannot be what it claims.
 */
export async function describeDataset(
  parts: Hdf5Parts,
  entry: DatasetEntry,
  options: ReadOptions,
): Promise<Dataset | string> {
  const { source, superblock } = parts;
  const { name, shape, size } = entry;
  const messages = await readObjectHeader(source, superblock, entry.address, name, options);
  const refuse = (what: string, expected: string, found: string) =>
    new FormatError({ file: source.name, field: `dataset ${name} ${what}` }, expected, found, DAMAGED);

  const datatype = messages.find(({ type }) => type === MESSAGES.datatype);
  const place = messages.find(({ type }) => type === MESSAGES.layout);
  if (datatype === undefined || place === undefined) {
    throw refuse("header", "a type and a layout", datatype === undefined ? "no type" : "no layout");
  }
  const type = await storedType(parts, datatype, name, options);
  if ("reason" in type) return type.reason;
  if (shape === null) return "nothing: a dataspace without elements";
  const reason = leftOut(messages, entry);
  if (reason !== undefined) return reason;

  const { dtype } = type;
  const byteLength = elementCount(shape) * BYTES_PER_ELEMENT[dtype];
  if (!Number.isSafeInteger(byteLength)) throw refuse("shape", "a size below 2^53 bytes", formatShape(shape));
  if (size !== BYTES_PER_ELEMENT[dtype]) throw refuse("type", `${BYTES_PER_ELEMENT[dtype]} bytes`, `${size}`);
  const layout = parseLayout(place.block, superblock);
  if (layout.kind === "virtual") return "a view of other datasets, which is not supported";
  if (layout.kind === "contiguous" && layout.start === undefined && byteLength > 0) return "never written";
  const most = mostBytes(layout, entry, superblock);
  if (byteLength > most) throw refuse("size", `at most ${most} bytes, as the file has`, `${byteLength} bytes`);
  if (layout.kind === "contiguous" && (layout.size ?? byteLength) !== byteLength) {
    throw refuse("size", `${byteLength} bytes for ${dtype} ${formatShape(shape)}`, `${layout.size}`);
  }
  const chunk = entry.chunks === null ? 0 : elementCount(entry.chunks) * size;
  if (chunk > MAX_CHUNK_BYTES) throw refuse("chunks", `at most ${MAX_CHUNK_BYTES} bytes`, `${chunk}`);
  return {
    name,
    dtype,
    shape,
    byteLength,
    origin: originOf(layout, entry),
    stride: strideOf(entry.chunks ?? [], shape, size),
  };
}

function leftOut(messages: readonly Message[], { filters }: DatasetEntry): string | undefined {
  if (messages.some(({ type }) => type === MESSAGES.external)) return "bytes in other files, which are not read";
  const known: readonly number[] = Object.values(FILTERS);
  const filter = filters.find(({ id }) => !known.includes(id));
  return filter && `packed by filter ${filter.id} (${filter.name || "no name"}), which is not supported`;
}

/** As many bytes as a tensor of this layout can have in this file. */
function mostBytes(layout: Layout, { filters }: DatasetEntry, { end }: Superblock): number {
  if (layout.kind === "contiguous") return Math.max(0, end - (layout.start ?? end));
  if (layout.kind === "compact") return MAX_COMPACT_BYTES;
  return filters.some(({ id }) => id === FILTERS.deflate) ? end * MAX_DEFLATION : end;
}

/** Chunks that are one thick along the first axes fill a row of the first axis along which they are not. */
function strideOf(chunks: Shape, shape: Shape, size: number): number {
  const axis = chunks.findIndex((extent) => extent > 1);
  return axis === -1 ? size : Math.max(1, (chunks[axis] ?? 1) * elementCount(shape.slice(axis + 1)) * size);
}

function originOf(layout: Layout, { chunks, filters }: DatasetEntry): string {
  if (layout.kind === "contiguous" && layout.start !== undefined) return `@ ${layout.start}`;
  const packing = filters.map(({ id, name }) => name || `filter ${id}`).join(", ");
  const cut = chunks === null ? layout.kind : `chunks of ${formatShape(chunks)}`;
  return packing === "" ? cut : `${cut}, ${packing}`;
}

/** In place, or by its address when several datasets share a type that has a name. */
async function storedType(parts: Hdf5Parts, message: Message, name: string, options: ReadOptions): Promise<StoredType> {
  if (!message.isShared) return parseDatatype(message.block);
  const { source, superblock } = parts;
  // From version 3 on, type 1 is a place in a heap; else an address follows.
  const version = count(message.block, 0, 1);
  if (version === 1 || (version > 2 && count(message.block, 1, 1) === 1)) {
    return { reason: "a type that is shared in a way that is not supported" };
  }
  const address = unsigned(message.block, 2, superblock.addressBytes);
  if (address === undefined) throw wrong(message.block, 2, "type", "an address", "none");
  const shared = await readObjectHeader(source, superblock, address, `the type of ${name}`, options);
  const datatype = shared.find(({ type, isShared }) => type === MESSAGES.datatype && !isShared);
  return datatype === undefined ? { reason: "a type that cannot be found" } : parseDatatype(datatype.block);
}
