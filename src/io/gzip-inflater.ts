import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";

/** zlib at work on a gzip stream. Browsers have another of it: src/web/platform/gzip-inflater.ts. */
export interface GzipInflater {
  /** Ends at the first byte behind a member that cannot begin another. Errors are zlib's: their `code` begins with `Z_`. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Bytes of the members, when the chunks have ended. */
  consumed(): number;
  /** Stops reading and inflating. */
  close(): Promise<void>;
}

/** Inflated bytes given on at a time. Node's default of 16 KiB spends more on handing chunks over than on inflating them. */
export const CHUNK_BYTES = 512 * 1024;

/** Inflates what `pieces` give, beside the work of whoever takes the chunks. */
export function inflateGzip(pieces: AsyncIterable<Uint8Array>): GzipInflater {
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  const feeding = pipeline(Readable.from(pieces), gunzip).catch(() => undefined);
  return {
    chunks: gunzip,
    consumed: () => gunzip.bytesWritten,
    async close() {
      gunzip.destroy();
      await feeding;
    },
  };
}
