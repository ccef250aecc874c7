import { FormatError } from "../../core/errors.js";
import type { Shape } from "../../core/tensor.js";
import { DAMAGED } from "./cursor.js";
import type { BlockEntry } from "./table-block.js";
import { biggan_port } from "./tensor_bundle.generated.js";

const { BundleHeader, BundleEntry } = biggan_port.tf_bundle;

/** The version this reader follows: https://github.com/tensorflow/tensorflow/blob/v2.15.1/tensorflow/core/util/tensor_bundle/tensor_bundle.h#L95 */
const BUNDLE_VERSION = 1;

/** The number has five digits in the names of the files. */
const MAX_SHARDS = 99_999;

/** https://github.com/tensorflow/tensorflow/blob/v2.15.1/tensorflow/core/framework/tensor_shape.h#L209 */
const MAX_RANK = 254;

/** Fifty thousand slices fit; bounds what one message can make of memory. */
const MAX_MESSAGE_BYTES = 1024 * 1024;

/** One tensor's record, its numbers checked to be exact and not negative. */
export interface BundleRecord {
  readonly dataType: number;
  readonly shape: Shape;
  readonly shard: number;
  readonly offset: number;
  readonly size: number;
  /** Masked. */
  readonly crc: number;
  /** Stored in this many slices, each with a record of its own; 0 when whole. */
  readonly slices: number;
}

/** The number of shards. Refuses a bundle of big-endian data, and one for readers newer than this. */
export function readHeader(file: string, entry: BlockEntry): number {
  const header = decode(file, entry, "bundle header", () => BundleHeader.decode(entry.value));
  const fault = refuser(file, entry, "bundle header");
  if (header.endianness !== 0) {
    throw fault("endianness", "little-endian (0)", header.endianness === 1 ? "big-endian (1)" : `${header.endianness}`);
  }
  const needed = header.version?.minConsumer ?? 0;
  if (needed > BUNDLE_VERSION) throw fault("version", `at most ${BUNDLE_VERSION}`, `${needed}`);
  const shards = header.numShards;
  if (shards < 1 || shards > MAX_SHARDS) throw fault("number of shards", `1 to ${MAX_SHARDS}`, `${shards}`);
  return shards;
}

/** `name` is for messages. */
export function readRecord(file: string, entry: BlockEntry, name: string, shards: number): BundleRecord {
  const field = `entry ${name}`;
  const message = decode(file, entry, field, () => BundleEntry.decode(entry.value));
  const fault = refuser(file, entry, field);
  function whole(what: string, value: number | { toNumber(): number } | null | undefined): number {
    // A 64-bit field arrives as an object, or as nothing for 0. What it rounds is none of the safe integers.
    const number = typeof value === "object" ? (value?.toNumber() ?? 0) : (value ?? 0);
    if (!(number >= 0 && Number.isSafeInteger(number))) throw fault(what, "0 to 2^53 - 1", String(value));
    return number;
  }
  if (message.shape?.unknownRank) throw fault("shape", "a known number of dimensions", "unknown");
  const rank = message.shape?.dim?.length ?? 0;
  if (rank > MAX_RANK) throw fault("shape", `at most ${MAX_RANK} dimensions`, `${rank}`);
  const shard = message.shardId;
  if (shard < 0 || shard >= shards) throw fault("shard", `0 to ${shards - 1}`, `${shard}`);
  return {
    dataType: message.dtype,
    shape: (message.shape?.dim ?? []).map((dim, axis) => whole(`dimension ${axis}`, dim.size)),
    shard,
    offset: whole("offset", message.offset),
    size: whole("size", message.size),
    crc: message.crc32c,
    slices: message.slices.length,
  };
}

function refuser(file: string, { offset }: BlockEntry, field: string) {
  return (what: string, expected: string, found: string) =>
    new FormatError({ file, offset, field: `${field}: ${what}` }, expected, found, DAMAGED);
}

/** protobufjs throws plain errors of several kinds for bytes that are no message. */
function decode<T>(file: string, { value, offset }: BlockEntry, field: string, decoder: () => T): T {
  if (value.length > MAX_MESSAGE_BYTES) {
    throw new FormatError({ file, offset, field }, `at most ${MAX_MESSAGE_BYTES} bytes`, `${value.length}`, DAMAGED);
  }
  try {
    return decoder();
  } catch (cause) {
    const found = cause instanceof Error ? cause.message : String(cause);
    throw new FormatError({ file, offset, field }, "a protocol buffer", found, { ...DAMAGED, cause });
  }
}
