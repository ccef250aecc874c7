import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { FormatError } from "../../core/errors.js";
import { WebError, wordsOf } from "../web-error.js";
import { fetchPieces, isWorthAnotherTry, NotHere } from "./fetch-pieces.js";
import type { ListedFile } from "./manifest.js";
import { pause } from "./pause.js";

export interface FetchOptions {
  readonly signal: AbortSignal;
  /** Bytes of this file that are there, in this attempt. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
  readonly onNotice: (words: string) => void;
}

/** Waits before the second and the third attempt of a connection that broke. */
const WAITS_MS = [300, 1500];

/** What arrived is not what the manifest says. */
class WrongContent extends FormatError {}

/**
 * A file of an export, its size and SHA-256 verified while it arrives. A connection that breaks is tried twice more; a file that arrives wrong
 * is fetched once more, past the browser's HTTP cache.
 * @throws FormatError for a wrong file, WebError (`network`) for one that does not arrive, the signal's reason when aborted.
 */
export async function fetchFile(url: URL, file: ListedFile, options: FetchOptions): Promise<Uint8Array<ArrayBuffer>> {
  const { signal, onNotice } = options;
  let breaks = 0;
  let wrong = false;
  for (;;) {
    try {
      return await attempt(url, file, wrong ? "reload" : "default", options);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof WrongContent && !wrong) {
        wrong = true;
        onNotice(`${file.path} arrived damaged and is fetched again.`);
      } else if (isWorthAnotherTry(error) && breaks < WAITS_MS.length) {
        onNotice(`${file.path}: ${wordsOf(error)}. It is fetched again.`);
        await pause(WAITS_MS[breaks++] ?? 0, signal);
      } else if (error instanceof NotHere) {
        throw new WebError("network", `${file.path}: expected a file, found none (${error.message})`, {
          hint: "Upload the whole folder of the export, with this file.",
          cause: error,
        });
      } else if (isWorthAnotherTry(error)) {
        throw new WebError("network", `${file.path}: ${wordsOf(error)}, ${breaks + 1} times`, {
          hint: "Check the connection and load again: what has arrived is kept.",
          cause: error,
        });
      } else {
        throw error;
      }
    }
  }
}

async function attempt(
  url: URL,
  file: ListedFile,
  cache: RequestCache,
  { signal, onBytes }: FetchOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = room(file);
  const hash = sha256.create();
  let done = 0;
  for await (const piece of fetchPieces(url, { cache, signal, expected: file.bytes })) {
    if (done + piece.length > file.bytes) throw wrongSize(file, `more than ${file.bytes} bytes`);
    bytes.set(piece, done);
    hash.update(piece);
    done += piece.length;
    onBytes?.(done);
  }
  if (done !== file.bytes) throw wrongSize(file, `${done} bytes`);
  const found = bytesToHex(hash.digest());
  if (found !== file.sha256)
    throw new WrongContent({ file: file.path, field: "SHA-256" }, file.sha256, found, { hint: HINT });
  return bytes;
}

const HINT =
  "The file on the server is not the one that was exported: upload it again, and empty the caches on the way.";

function wrongSize({ path, bytes }: ListedFile, found: string): WrongContent {
  return new WrongContent({ file: path, field: "size" }, `${bytes} bytes`, found, { hint: HINT });
}

function room({ path, bytes }: ListedFile): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(bytes);
  } catch (cause) {
    throw new WebError("backend", `${path}: this device has no memory for ${bytes} bytes`, {
      hint: "Close other pages, or take an export with fewer bytes.",
      cause,
    });
  }
}
