import { constants, readSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";
import { FormatError, throwIfAborted } from "../core/errors.js";
import { timed } from "../core/timings.js";
import { type ByteSource, checkRange } from "./byte-source.js";
import { describeSystemError, systemErrorCode } from "./system-error.js";

/** A file held open for random access. Disposing it closes the handle. */
export interface FileSource extends ByteSource, AsyncDisposable {
  /** {@link slice} that keeps the thread until it is done: for few bytes. */
  sliceNow(start: number, end: number): Uint8Array<ArrayBuffer>;
}

/** Large enough that system calls cost nothing, small enough that Ctrl-C is felt at once. */
const READ_BYTES = 4 * 1024 * 1024;

const HINTS: Readonly<Record<string, string>> = {
  ENOENT: "Check the path.",
  EACCES: "Make the file readable for this user.",
  EPERM: "Make the file readable for this user.",
};

/** What cannot be opened or read is a {@link FormatError} that says why. */
export function unreadable(file: string, error: unknown): unknown {
  const code = systemErrorCode(error);
  if (code === undefined) return error;
  return new FormatError({ file, field: "file" }, "a readable file", describeSystemError(code), {
    cause: error,
    hint: HINTS[code] ?? "Check the path and the disk.",
  });
}

/** A file that had been longer. */
export function endsEarly(file: string, offset: number, expected: string): FormatError {
  return new FormatError(
    { file, offset, field: "bytes" },
    `${expected}, as when the file was opened`,
    "the end of the file",
    { hint: "Do not change the file while it is being read." },
  );
}

/**
 * Opens a regular file. `byteLength` is its size at that moment; a file that shrinks while it is read is reported.
 * Throws a {@link FormatError} for a missing file, a folder, a device, or a file this user may not read.
 */
export async function openFile(path: string): Promise<FileSource> {
  const handle = await openHandle(path);
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) {
      const found = stats.isDirectory() ? "a folder" : "a device, pipe or socket";
      throw new FormatError({ file: path, field: "file" }, "a file", found, { hint: "Name a file." });
    }
    return fileSource(path, handle, stats.size);
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function openHandle(path: string): Promise<FileHandle> {
  try {
    // Without O_NONBLOCK, opening a named pipe would wait for a writer, for ever.
    return await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    throw unreadable(path, error);
  }
}

function fileSource(name: string, handle: FileHandle, byteLength: number): FileSource {
  /** At least one byte. */
  function readSome(bytes: Uint8Array, position: number): number {
    let bytesRead: number;
    try {
      bytesRead = timed("read", bytes.length, () => readSync(handle.fd, bytes, 0, bytes.length, position));
    } catch (error) {
      throw unreadable(name, error);
    }
    if (bytesRead === 0) throw endsEarly(name, position, `${byteLength} bytes`);
    return bytesRead;
  }

  return {
    name,
    byteLength,
    async slice(start, end, { signal, into } = {}) {
      checkRange({ name, byteLength }, start, end, "bytes");
      const bytes = into === undefined ? new Uint8Array(end - start) : into.subarray(0, end - start);
      for (let done = 0; done < bytes.length; ) {
        throwIfAborted(signal);
        await giveTurn();
        done += readSome(bytes.subarray(done, done + READ_BYTES), start + done);
      }
      throwIfAborted(signal);
      return bytes;
    },
    sliceNow(start, end) {
      checkRange({ name, byteLength }, start, end, "bytes");
      const bytes = new Uint8Array(end - start);
      for (let done = 0; done < bytes.length; ) {
        done += readSome(bytes.subarray(done, done + READ_BYTES), start + done);
      }
      return bytes;
    },
    async [Symbol.asyncDispose]() {
      await handle.close();
    },
  };
}

/** Reads from the system's memory take a tenth of a millisecond: handing each to another thread would take longer. Ctrl-C is heard in between. */
async function giveTurn(): Promise<void> {
  if (performance.now() - lastTurn <= TURN_MS) return;
  await setImmediate();
  lastTurn = performance.now();
}

/** How long the event loop may wait. */
const TURN_MS = 30;

/** When it had its last turn. */
let lastTurn = 0;
