import { mkdir, open, rm } from "node:fs/promises";
import path from "node:path";
import { ExportError, FormatError, throwIfAborted } from "../core/errors.js";
import { timedAsync } from "../core/timings.js";
import { entryField } from "./archive-path.js";
import { type GunzipOptions, gunzipFile } from "./gunzip.js";
import { describeSystemError, systemErrorCode } from "./system-error.js";
import { readTar, type TarEntry } from "./tar.js";

/** The largest released module is below 1 GiB unpacked. gzip can grow a file a thousandfold, so there must be an end. */
export const MAX_UNPACKED_BYTES = 8 * 1024 ** 3;

export interface UnpackOptions extends GunzipOptions {
  /** Which files to write, by their path in the archive (`/` between folders, no leading `./`). All by default. */
  readonly accept?: ((name: string) => boolean) | undefined;
  /** Inflated bytes allowed in all, also of files that are not accepted. */
  readonly maxBytes?: number | undefined;
}

/**
 * Unpacks a `.tar.gz` into a folder, reading it once and never holding more than a few chunks. Returns the paths of the files
 * written, relative to `into`, in archive order. An archive that is damaged, too large, names a file twice, or holds anything
 * that could land outside `into` gives a {@link FormatError}; then, and when aborted, all that was written is removed again.
 */
export async function unpackTarGz(
  archive: string,
  into: string,
  { accept = () => true, maxBytes = MAX_UNPACKED_BYTES, ...options }: UnpackOptions = {},
): Promise<readonly string[]> {
  const written: string[] = [];
  const made: string[] = [];
  const seen = new Set<string>();
  try {
    for await (const entry of readTar(archive, limit(archive, gunzipFile(archive, options), maxBytes))) {
      checkSize(archive, entry, maxBytes);
      if (entry.type === "file" && seen.has(entry.name)) {
        throw new FormatError({ file: archive, field: entryField(entry.name) }, "one entry of this name", "a second", {
          hint: "The archive is ambiguous: pack it again.",
        });
      }
      seen.add(entry.name);
      if (entry.type === "file" && accept(entry.name)) {
        await writeEntry(archive, into, entry, made);
        written.push(entry.name);
      } else {
        await drain(entry);
      }
      throwIfAborted(options.signal);
    }
    return written;
  } catch (error) {
    for (const item of made.reverse()) await rm(item, { recursive: true, force: true });
    throw error;
  }
}

async function* limit(file: string, chunks: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
  let total = 0;
  for await (const chunk of chunks) {
    total += chunk.length;
    if (total > maxBytes) throw tooLarge(file, "gzip", `more than ${maxBytes} bytes`, maxBytes);
    yield chunk;
  }
}

function tooLarge(file: string, field: string, found: string, maxBytes: number): FormatError {
  return new FormatError({ file, field }, `at most ${maxBytes} bytes when unpacked`, found, {
    hint: "This is not a module; if it is one, unpack it by hand and name the folder.",
  });
}

/** The claim alone is enough to refuse, before any of it is inflated. */
function checkSize(file: string, entry: TarEntry, maxBytes: number): void {
  if (entry.size > maxBytes) throw tooLarge(file, `${entryField(entry.name)} size`, `${entry.size} bytes`, maxBytes);
}

async function drain(entry: TarEntry): Promise<void> {
  for await (const _ of entry.bytes);
}

async function writeEntry(archive: string, into: string, entry: TarEntry, made: string[]): Promise<void> {
  const target = path.join(into, ...entry.name.split("/"));
  try {
    const folder = await mkdir(path.dirname(target), { recursive: true });
    if (folder !== undefined) made.push(folder);
    // "wx": never through a link, never over a file, also on file systems where A and a are the same.
    await using file = await openToWrite(target);
    made.push(target);
    let size = 0;
    for await (const chunk of entry.bytes) {
      await timedAsync("unpack", chunk.length, () => file.handle.writeFile(chunk));
      size += chunk.length;
    }
    if (size !== entry.size) {
      throw new FormatError({ file: archive, field: entryField(entry.name) }, `${entry.size} bytes`, `${size} bytes`, {
        hint: "The archive is damaged: fetch it again.",
      });
    }
  } catch (error) {
    throw writeError(archive, target, entry.name, error);
  }
}

/** FileHandle is AsyncDisposable in newer Node only. */
async function openToWrite(target: string) {
  const handle = await open(target, "wx");
  return { handle, [Symbol.asyncDispose]: () => handle.close() };
}

function writeError(archive: string, target: string, name: string, error: unknown): unknown {
  const code = systemErrorCode(error);
  if (code === undefined) return error;
  if (code === "EEXIST" || code === "ENOTDIR" || code === "EISDIR" || code === "ENAMETOOLONG") {
    const found = describeSystemError(code);
    return new FormatError({ file: archive, field: entryField(name) }, "a path that is free", found, {
      cause: error,
      hint: "The archive is ambiguous, or the folder was not empty.",
    });
  }
  return new ExportError(`${target}: cannot unpack: ${describeSystemError(code)}`, {
    cause: error,
    hint: "Make room, or set TMPDIR to a folder on another disk.",
  });
}
