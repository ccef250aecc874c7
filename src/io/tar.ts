import { type Extract, type ExtractEvents, extract } from "tar-stream";
import { FormatError, isPortError } from "../core/errors.js";
import { archivePath, entryField } from "./archive-path.js";
import { systemErrorCode } from "./system-error.js";

/** tar-stream does not export the type of its entries. */
type Source = ExtractEvents["entry"][1];

/** One file or folder of an archive. The bytes must be read to their end before the next entry is asked for. */
export interface TarEntry {
  /** Below the archive's root, with `/` between folders; "" for the root itself. */
  readonly name: string;
  readonly type: "file" | "directory";
  /** As claimed by the header. */
  readonly size: number;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html#tag_20_92_13_06 */
const BLOCK = 512;

/** A module has a dozen entries; without a limit, 8 GiB of headers would be 16 million of them. */
const MAX_ENTRIES = 10_000;

const REFETCH = { hint: "The file is truncated or damaged: fetch it again." };

/**
 * The entries of a tar archive (ustar, pax or GNU) in order. Only files and folders with safe paths are let through: links,
 * devices and sparse files are refused, as are a bad header checksum, a truncated archive, and bytes after its end, each
 * with a {@link FormatError}.
 */
export async function* readTar(file: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<TarEntry> {
  const parser = extract();
  const ending: Ending = { total: 0, zeros: 0 };
  let failure: { readonly error: unknown } | undefined;
  const feeding = feed(parser, chunks, ending).catch((error: unknown) => {
    failure = { error };
    parser.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  // An entry's stream only says that it was destroyed; the parser says why.
  let parserError: Error | undefined;
  parser.on("error", (error) => {
    parserError = error;
  });
  function fault(error: unknown): unknown {
    return failure === undefined ? tarError(file, parserError ?? error) : failure.error;
  }
  let bodyEnd = 0;
  let count = 0;
  try {
    for await (const entry of parser) {
      count += 1;
      checkCount(file, count);
      const { name, type, size } = checkHeader(file, entry.header);
      // `offset` is where the header starts; the body follows it, in whole blocks.
      bodyEnd = entry.offset + BLOCK + (type === "file" ? Math.ceil(size / BLOCK) * BLOCK : 0);
      yield { name, type, size, bytes: body(entry, fault) };
    }
  } catch (error) {
    throw fault(error);
  } finally {
    parser.destroy();
    await feeding;
  }
  if (failure !== undefined) throw failure.error;
  checkEnding(file, ending, bodyEnd);
}

/** An entry's bytes, with the errors of everything upstream in their own words. */
async function* body(entry: Source, fault: (error: unknown) => unknown): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of entry) if (chunk instanceof Uint8Array) yield chunk;
  } catch (error) {
    throw fault(error);
  }
}

/** What has gone by: all bytes, and how many zeros the last of them are. */
interface Ending {
  total: number;
  zeros: number;
}

async function feed(parser: Extract, chunks: AsyncIterable<Uint8Array>, ending: Ending): Promise<void> {
  for await (const chunk of chunks) {
    const last = chunk.findLastIndex((byte) => byte !== 0);
    ending.zeros = last === -1 ? ending.zeros + chunk.length : chunk.length - 1 - last;
    ending.total += chunk.length;
    if (parser.destroyed) return;
    if (!parser.write(chunk)) await drained(parser);
  }
  parser.end(null);
}

function drained(parser: Extract): Promise<void> {
  return new Promise((resolve) => {
    function done(): void {
      parser.off("drain", done);
      parser.off("close", done);
      resolve();
    }
    parser.on("drain", done);
    parser.on("close", done);
    if (parser.destroyed) done();
  });
}

function checkCount(file: string, count: number): void {
  if (count > MAX_ENTRIES) {
    throw new FormatError({ file, field: "tar" }, `at most ${MAX_ENTRIES} entries`, "more", {
      hint: "This is not a module.",
    });
  }
}

const KINDS: Readonly<Record<string, string>> = {
  link: "a hard link",
  symlink: "a symbolic link",
  "character-device": "a character device",
  "block-device": "a block device",
  fifo: "a named pipe",
  "contiguous-file": "a contiguous file",
};

function checkHeader(file: string, header: Source["header"]): Pick<TarEntry, "name" | "type" | "size"> {
  const { name, size, type, linkname, pax } = header;
  const safe = archivePath(file, name);
  const sparse = Object.keys(pax ?? {}).some((key) => key.startsWith("GNU.sparse"));
  if (sparse || (type !== "file" && type !== "directory")) {
    const kind = sparse ? "a sparse file" : (KINDS[type] ?? "an entry of unknown type");
    const found = linkname ? `${kind} to ${JSON.stringify(linkname.slice(0, 200))}` : kind;
    throw new FormatError({ file, field: entryField(name) }, "a file or a folder", found, {
      hint: "Unpack the archive by hand, look at it, and name the folder instead.",
    });
  }
  if (type === "file" && safe === "") {
    throw new FormatError({ file, field: entryField(name) }, "a file name", "none", REFETCH);
  }
  if (!Number.isSafeInteger(size)) {
    throw new FormatError({ file, field: `${entryField(name)} size` }, "a size below 2^53", String(size), REFETCH);
  }
  return { name: safe, type, size };
}

/** An archive ends with two blocks of zeros, some writers' with one. tar-stream asks for none. */
function checkEnding(file: string, { total, zeros }: Ending, bodyEnd: number): void {
  const rest = total - bodyEnd;
  if (rest < BLOCK || total % BLOCK !== 0) {
    throw new FormatError({ file, field: "tar" }, "a block of zeros at the end", `the end of the data`, REFETCH);
  }
  if (zeros < rest) {
    throw new FormatError({ file, field: "tar" }, "zeros after the last entry", "other bytes", REFETCH);
  }
}

/** What tar-stream says, by the beginning of its message. */
const REASONS: readonly (readonly [message: string, expected: string, found: string])[] = [
  ["Unexpected end of data", "a whole archive", "the end of the data"],
  ["Invalid tar header: unknown format", "a ustar or GNU header", "another magic number"],
  ["Invalid tar header", "a header that matches its checksum", "another checksum"],
  ["Invalid header", "a size in the header", "none"],
  ["Header exceeds max size", "an extended header of at most 4 MiB", "a larger one"],
];

/** tar-stream throws plain errors; errors with a meaning of their own pass through. */
function tarError(file: string, error: unknown): unknown {
  if (isPortError(error) || systemErrorCode(error) !== undefined || !(error instanceof Error)) return error;
  const reason = REASONS.find(([message]) => error.message.startsWith(message));
  const [, expected, found] = reason ?? ["", "a valid archive", error.message];
  return new FormatError({ file, field: "tar" }, expected, found, { ...REFETCH, cause: error });
}
