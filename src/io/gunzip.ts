import { FormatError, throwIfAborted } from "../core/errors.js";
import { account } from "../core/timings.js";
import { type FileSource, openFile } from "./file-source.js";
import { inflateGzip } from "./gzip-inflater.js";

/** One read of compressed bytes: also how often progress is told and an abort is noticed. */
const PIECE_BYTES = 1024 * 1024;

/** The header is 10 bytes and the trailer 8: https://www.rfc-editor.org/rfc/rfc1952#section-2.3 */
const SMALLEST_GZIP = 18;

const REFETCH = { hint: "The file is truncated or damaged: fetch it again." };

export interface GunzipOptions {
  readonly signal?: AbortSignal | undefined;
  /** Compressed bytes read so far, of the file's size. */
  readonly onProgress?: ((progress: { readonly bytes: number; readonly total: number }) => void) | undefined;
}

/**
 * The inflated bytes of a gzip file, a chunk at a time. By the end every member's CRC and length have been verified and the
 * whole file accounted for; zeros after the last member are padding. Throws a {@link FormatError} for anything else.
 */
export async function* gunzipFile(path: string, options: GunzipOptions = {}): AsyncGenerator<Uint8Array> {
  await using source = await openFile(path);
  await checkMagic(source);
  const inflater = inflateGzip(pieces(source, options));
  try {
    let asked = performance.now();
    for await (const chunk of inflater.chunks) {
      throwIfAborted(options.signal);
      account("inflate", performance.now() - asked, chunk.length);
      yield chunk;
      asked = performance.now();
    }
  } catch (error) {
    throw gzipError(path, error);
  } finally {
    await inflater.close();
  }
  await checkPadding(source, inflater.consumed(), options.signal);
}

async function* pieces(source: FileSource, { signal, onProgress }: GunzipOptions): AsyncGenerator<Uint8Array> {
  const total = source.byteLength;
  for (let start = 0; start < total; start += PIECE_BYTES) {
    const end = Math.min(start + PIECE_BYTES, total);
    yield await source.slice(start, end, { signal });
    onProgress?.({ bytes: end, total });
  }
}

async function checkMagic(source: FileSource): Promise<void> {
  const head = await source.slice(0, Math.min(2, source.byteLength));
  if (source.byteLength >= 2 && !(head[0] === 0x1f && head[1] === 0x8b)) {
    const found = Array.from(head, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
    throw new FormatError({ file: source.name, offset: 0, field: "gzip magic" }, "1f 8b", found, {
      hint: "Name a .tar.gz file.",
    });
  }
  if (source.byteLength < SMALLEST_GZIP) {
    const found = source.byteLength === 0 ? "an empty file" : `${source.byteLength} bytes`;
    throw new FormatError({ file: source.name, field: "gzip" }, `at least ${SMALLEST_GZIP} bytes`, found, REFETCH);
  }
}

/** zlib stops in silence at the first byte after a member that cannot begin another one. */
async function checkPadding(source: FileSource, consumed: number, signal: AbortSignal | undefined): Promise<void> {
  for (let start = consumed; start < source.byteLength; start += PIECE_BYTES) {
    const bytes = await source.slice(start, Math.min(start + PIECE_BYTES, source.byteLength), { signal });
    const garbage = bytes.findIndex((byte) => byte !== 0);
    if (garbage !== -1) {
      throw new FormatError(
        { file: source.name, offset: start + garbage, field: "gzip" },
        "the end of the file",
        `${source.byteLength - start - garbage} more bytes that are not gzip`,
        REFETCH,
      );
    }
  }
}

/** What zlib says. Its other messages name what is invalid in the deflate stream. */
const REASONS: Readonly<Record<string, readonly [expected: string, found: string]>> = {
  "incorrect data check": ["bytes that match the stored CRC-32", "others"],
  "incorrect length check": ["as many bytes as the trailer says", "another number"],
  "unexpected end of file": ["a whole gzip stream", "the end of the file"],
};

/** zlib's errors carry a code such as Z_DATA_ERROR; all others pass through. */
function gzipError(file: string, error: unknown): unknown {
  if (!(error instanceof Error && "code" in error && String(error.code).startsWith("Z_"))) return error;
  const [expected, found] = REASONS[error.message] ?? ["a valid gzip stream", error.message];
  return new FormatError({ file, field: "gzip" }, expected, found, { ...REFETCH, cause: error });
}
