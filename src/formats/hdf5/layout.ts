import { type Block, count, unsigned, wrong } from "./fields.js";
import type { Superblock } from "./superblock.js";

/** How a dataset's bytes are kept. */
export type Layout =
  | { readonly kind: "compact" | "chunked" | "virtual" }
  /** One run of bytes, counted from the start of the file; `start` is undefined when it was never written, `size` before version 3. */
  | { readonly kind: "contiguous"; readonly start: number | undefined; readonly size: number | undefined };

const KINDS = ["compact", "contiguous", "chunked", "virtual"] as const;

/** The newest version that libhdf5 2.0 writes. */
const MAX_VERSION = 5;

/** Of a data layout message: https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html#LayoutMessage */
export function parseLayout(block: Block, { base, addressBytes, lengthBytes }: Superblock): Layout {
  const version = count(block, 0, 1);
  if (version < 1 || version > MAX_VERSION)
    throw wrong(block, 0, "layout version", `1 to ${MAX_VERSION}`, `${version}`);
  const kindAt = version < 3 ? 2 : 1;
  const kind = KINDS[count(block, kindAt, 1)];
  if (kind === undefined) throw wrong(block, kindAt, "layout class", "0 to 3", `${count(block, kindAt, 1)}`);
  if (kind !== "contiguous") return { kind };
  const address = unsigned(block, version < 3 ? 8 : 2, addressBytes);
  const size = version < 3 ? undefined : (unsigned(block, 2 + addressBytes, lengthBytes) ?? 2 ** 53);
  return { kind, start: address === undefined ? undefined : base + address, size };
}
