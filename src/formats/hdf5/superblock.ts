import { Buffer } from "node:buffer";
import { FormatError } from "../../core/errors.js";
import type { ReadOptions } from "../../core/tensor-source.js";
import type { ByteSource } from "../../io/byte-source.js";
import { type Block, count, DAMAGED, unsigned, wrong } from "./fields.js";

/** Where a file's addresses count from, and how wide they are. */
export interface Superblock {
  /** Bytes before the superblock, which belong to the user; addresses count from here. */
  readonly base: number;
  /** Of an address, and of a length: 2, 4 or 8 bytes. */
  readonly addressBytes: number;
  readonly lengthBytes: number;
  /** Where the file ends, in bytes from its start. */
  readonly end: number;
}

const SIGNATURE = Buffer.from("\x89HDF\r\n\x1a\n", "latin1");

/** A superblock of version 1, the longest, with addresses of eight bytes. */
const MAX_BYTES = 100;

const FIRST_USER_BLOCK = 512;

/**
 * Reads and checks the superblock, before libhdf5 sees the file: its version, sizes and addresses, and that the file is as long as it
 * says. It stands at byte 0, or at 512, 1024, 2048 … https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html#Superblock
 */
export async function readSuperblock(source: ByteSource, { signal }: ReadOptions = {}): Promise<Superblock> {
  for (let base = 0; base < source.byteLength; base = base === 0 ? FIRST_USER_BLOCK : 2 * base) {
    const bytes = await source.slice(base, Math.min(base + MAX_BYTES, source.byteLength), { signal });
    if (!SIGNATURE.equals(Buffer.from(bytes.subarray(0, SIGNATURE.length)))) continue;
    return parseSuperblock({ file: source.name, bytes, start: base, field: "superblock" }, source.byteLength);
  }
  const expected = "an HDF5 signature at byte 0, 512, 1024 …";
  throw new FormatError({ file: source.name, field: "superblock" }, expected, "none", DAMAGED);
}

export function parseSuperblock(block: Block, fileBytes: number): Superblock {
  const version = count(block, 8, 1);
  if (version > 3) throw wrong(block, 8, "version", "0 to 3", `${version}`);
  const sizesAt = version < 2 ? 13 : 9;
  const [addressBytes, lengthBytes] = [count(block, sizesAt, 1), count(block, sizesAt + 1, 1)];
  for (const [index, size] of [addressBytes, lengthBytes].entries()) {
    if ([2, 4, 8].includes(size)) continue;
    throw wrong(block, sizesAt + index, `size of ${["addresses", "lengths"][index]}`, "2, 4 or 8", `${size}`);
  }
  const addressesAt = [24, 28, 12, 12][version] ?? 0;
  const address = (index: number) => unsigned(block, addressesAt + index * addressBytes, addressBytes);
  const base = block.start;
  const length = address(2);
  const room = fileBytes - base;
  // Counted from the base that is stored, which may differ when a user block was put before the file.
  const stored = address(0);
  const end = length === undefined || stored === undefined ? undefined : length - stored;
  const lengthAt = addressesAt + 2 * addressBytes;
  if (end === undefined || end <= lengthAt) throw wrong(block, lengthAt, "end of file", "an address", "none");
  if (end > room) throw wrong(block, lengthAt, "end of file", `at most the ${room} bytes of the file`, `${end}`);
  if (version < 2 && address(3) !== undefined) {
    throw wrong(block, addressesAt + 3 * addressBytes, "driver information", "none: a file in one part", "an address");
  }
  // Before version 2 an entry of a symbol table stands here, which begins with the place of a name.
  const rootIndex = version < 2 ? 5 : 3;
  const root = address(rootIndex);
  if (root === undefined || root >= end) {
    const found = root === undefined ? "none" : `${root}`;
    const rootAt = addressesAt + rootIndex * addressBytes;
    throw wrong(block, rootAt, "root group", `an address below the end of the file, ${end}`, found);
  }
  return { base, addressBytes, lengthBytes, end: base + end };
}
