import {
  Z_BUF_ERROR,
  Z_OK,
  Z_STREAM_END,
  Z_SYNC_FLUSH,
  ZStream,
  zlibInflate,
  zlibInflateInit2,
  zlibInflateReset,
} from "pako";

/** As in src/io/gzip-inflater.ts, whose place this takes in browsers. */
export interface GzipInflater {
  readonly chunks: AsyncIterable<Uint8Array>;
  consumed(): number;
  close(): Promise<void>;
}

const CHUNK_BYTES = 512 * 1024;

/** zlib's numbers for the largest window, in a gzip stream. */
const GZIP_WINDOW_BITS = 15 + 16;

/**
 * Inflates a gzip file as Node does: member after member, each checked, up to zeros or other bytes behind the last. The browser's own
 * DecompressionStream knows one member alone, and words damage in another way in each browser; pako is zlib itself.
 */
export function inflateGzip(pieces: AsyncIterable<Uint8Array>): GzipInflater {
  const stream = new ZStream();
  let consumed = 0;

  /** Inflates as much of `stream.input` as there is room for; a member that begins behind the end of another is begun. */
  function step(): number {
    if (stream.avail_out === 0) {
      stream.output = new Uint8Array(CHUNK_BYTES);
      stream.next_out = 0;
      stream.avail_out = CHUNK_BYTES;
    }
    let status: number = zlibInflate(stream, Z_SYNC_FLUSH);
    while (status === Z_STREAM_END && stream.avail_in > 0 && stream.input[stream.next_in] !== 0) {
      zlibInflateReset(stream);
      status = zlibInflate(stream, Z_SYNC_FLUSH);
    }
    if (status === Z_OK || status === Z_STREAM_END || status === Z_BUF_ERROR) return status;
    throw zlibError("Z_DATA_ERROR", stream.msg);
  }

  async function* chunks(): AsyncGenerator<Uint8Array> {
    zlibInflateInit2(stream, GZIP_WINDOW_BITS);
    let status: number = Z_OK;
    for await (const piece of pieces) {
      stream.input = piece;
      stream.next_in = 0;
      stream.avail_in = piece.length;
      do {
        const from = stream.avail_out === 0 ? 0 : stream.next_out;
        status = step();
        if (stream.next_out > from) yield stream.output.subarray(from, stream.next_out);
      } while (stream.avail_out === 0);
      consumed += stream.next_in;
      if (status === Z_STREAM_END && stream.avail_in > 0) return;
    }
    if (status !== Z_STREAM_END) throw zlibError("Z_BUF_ERROR", "unexpected end of file");
  }

  return { chunks: chunks(), consumed: () => consumed, close: async () => undefined };
}

function zlibError(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}
