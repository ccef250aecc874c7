import { FormatError } from "../../core/errors.js";
import { WebError, wordsOf } from "../web-error.js";
import { fetchPieces, isWorthAnotherTry, NotHere } from "./fetch-pieces.js";
import { MANIFEST } from "./manifest.js";
import { pause } from "./pause.js";

export interface FetchManifestOptions {
  readonly signal: AbortSignal;
  /** The one that was kept, for when there is no network. */
  readonly kept: () => Promise<string | undefined>;
  readonly onNotice: (words: string) => void;
}

/** As the command line bounds it: a manifest takes a few kilobytes. */
const MAX_BYTES = 4 * 1024 * 1024;

const WAIT_MS = 500;

/** The manifest's text: the server is always asked whether it has changed; where the server cannot be reached, the kept one serves. */
export async function fetchManifest(url: URL, { signal, kept, onNotice }: FetchManifestOptions): Promise<string> {
  try {
    return await fetchText(url, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof NotHere) {
      throw new WebError("network", `${url.href}: expected a manifest, found none (${error.message})`, {
        hint: "Give the address of the manifest.json in an export's folder.",
        cause: error,
      });
    }
    if (!isWorthAnotherTry(error)) throw error;
    const earlier = await kept();
    if (earlier !== undefined) {
      onNotice("There is no connection: the model of your last visit is used.");
      return earlier;
    }
    await pause(WAIT_MS, signal);
    return await fetchText(url, signal).catch((cause: unknown) => {
      signal.throwIfAborted();
      throw new WebError("network", `${MANIFEST}: ${wordsOf(cause)}`, {
        hint: "Check the connection and load again.",
        cause,
      });
    });
  }
}

async function fetchText(url: URL, signal: AbortSignal): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for await (const piece of fetchPieces(url, { cache: "no-cache", signal })) {
    size += piece.length;
    if (size > MAX_BYTES)
      throw new FormatError({ file: MANIFEST, field: "size" }, `at most ${MAX_BYTES} bytes`, "more");
    text += decoder.decode(piece, { stream: true });
  }
  return text + decoder.decode();
}
