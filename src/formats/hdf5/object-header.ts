import { Buffer } from "node:buffer";
import type { ReadOptions } from "../../core/tensor-source.js";
import type { ByteSource } from "../../io/byte-source.js";
import { type Block, count, unsigned, wrong } from "./fields.js";
import type { Superblock } from "./superblock.js";

/** The messages of an object's header that are looked at. */
export const MESSAGES = { datatype: 0x03, external: 0x07, layout: 0x08 } as const;

const CONTINUATION = 0x10;

/** Of a message's flags: it stands elsewhere, this is only its place. */
const SHARED = 0x02;

export interface Message {
  readonly type: number;
  readonly isShared: boolean;
  readonly block: Block;
}

/** One read gets the whole header of most datasets. */
const HEAD_BYTES = 1024;

/** A message has at most 64 KiB; what a dataset's header holds, attributes apart, takes some hundred bytes. */
const MAX_BLOCK_BYTES = 1024 * 1024;

/** Each block but the first was added when the others were full. */
const MAX_BLOCKS = 64;

interface Part {
  readonly start: number;
  readonly size: number;
}

/**
 * Reads the messages of an object header, both versions:
 * https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html#ObjectHeader. Checksums are left to libhdf5.
 */
export async function readObjectHeader(
  source: ByteSource,
  superblock: Superblock,
  address: number,
  name: string,
  options: ReadOptions,
): Promise<Message[]> {
  const field = `header of ${name}`;
  const read = async ({ start, size }: Part): Promise<Block> => {
    const room = superblock.end - start;
    const place = { file: source.name, bytes: new Uint8Array(), start, field };
    if (size > MAX_BLOCK_BYTES) throw wrong(place, 0, "size", `at most ${MAX_BLOCK_BYTES} bytes`, `${size}`);
    if (size > room) throw wrong(place, 0, "size", `at most the ${Math.max(0, room)} bytes behind it`, `${size}`);
    return { ...place, bytes: await source.slice(start, start + size, options) };
  };
  const start = superblock.base + address;
  const first = await read({ start, size: Math.min(HEAD_BYTES, Math.max(1, superblock.end - start)) });
  const prefix = parsePrefix(first);
  const messages: Message[] = [];
  const parts: Part[] = [{ start: start + prefix.bytes, size: prefix.size }];
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index];
    if (part === undefined) break;
    if (index === MAX_BLOCKS) throw wrong(first, 0, "blocks", `at most ${MAX_BLOCKS}`, "more");
    const inFirst = index === 0 && prefix.bytes + part.size <= first.bytes.length;
    const block = inFirst
      ? { ...first, start: part.start, bytes: first.bytes.subarray(prefix.bytes, prefix.bytes + part.size) }
      : await read(part);
    for (const message of parseMessages(block, prefix.version, prefix.hasOrder, index > 0)) {
      if (message.type !== CONTINUATION) messages.push(message);
      else parts.push(continuation(message.block, superblock));
    }
  }
  return messages;
}

function parsePrefix(block: Block) {
  if (count(block, 0, 1) === 1) return { version: 1, bytes: 16, size: count(block, 8, 4), hasOrder: false } as const;
  const isSecond = Buffer.from(block.bytes.subarray(0, 4)).toString("latin1") === "OHDR" && count(block, 4, 1) === 2;
  if (!isSecond) throw wrong(block, 0, "version", "1 or 2", "something else");
  const flags = count(block, 5, 1);
  const sizeAt = 6 + (flags & 0x20 ? 16 : 0) + (flags & 0x10 ? 4 : 0);
  const sizeBytes = 1 << (flags & 3);
  const size = unsigned(block, sizeAt, sizeBytes) ?? 2 ** 53;
  return { version: 2, bytes: sizeAt + sizeBytes, size, hasOrder: (flags & 4) !== 0 } as const;
}

function* parseMessages(block: Block, version: 1 | 2, hasOrder: boolean, isContinued: boolean): Generator<Message> {
  const prefix = version === 1 ? 8 : hasOrder ? 6 : 4;
  // In version 2 a block that continues has a signature before and a checksum behind.
  let at = version === 2 && isContinued ? 4 : 0;
  const end = block.bytes.length - at;
  while (at + prefix <= end) {
    const type = count(block, at, version === 1 ? 2 : 1);
    const size = count(block, at + (version === 1 ? 2 : 1), 2);
    const flags = count(block, at + (version === 1 ? 4 : 3), 1);
    const start = at + prefix;
    if (start + size > end) throw wrong(block, at, "message size", `at most ${end - start} bytes`, `${size}`);
    const bytes = block.bytes.subarray(start, start + size);
    yield { type, isShared: (flags & SHARED) !== 0, block: { ...block, start: block.start + start, bytes } };
    at = start + size;
  }
}

function continuation(block: Block, { base, addressBytes, lengthBytes }: Superblock): Part {
  const address = unsigned(block, 0, addressBytes);
  const size = unsigned(block, addressBytes, lengthBytes);
  if (address === undefined || size === undefined)
    throw wrong(block, 0, "continuation", "an address and a size", "none");
  return { start: base + address, size };
}
