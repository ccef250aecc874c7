import { wordsOf } from "../web-error.js";

/** The server says that there is no such file, or not for us. Asking again does not help. */
export class NotHere extends Error {}

/** The connection broke, stalled, or the server is busy. Asking again may help. */
class Broken extends Error {}

export function isWorthAnotherTry(error: unknown): boolean {
  return error instanceof Broken;
}

/** A connection that carries nothing for so long is given up. */
const STALL_MS = 30_000;

/** The server is busy, or asks to come back: https://www.rfc-editor.org/rfc/rfc9110#section-15 */
const isPassing = (status: number) => status === 408 || status === 425 || status === 429 || status >= 500;

export interface PiecesOptions {
  readonly cache: RequestCache;
  readonly signal: AbortSignal;
  /** How many bytes it should be, for messages. */
  readonly expected?: number;
}

/** The body of a file as it arrives. Throws {@link NotHere}, an error that {@link isWorthAnotherTry}, or the signal's reason. */
export async function* fetchPieces(url: URL, { cache, signal, expected }: PiecesOptions): AsyncGenerator<Uint8Array> {
  signal.throwIfAborted();
  const stall = new AbortController();
  const either = AbortSignal.any([signal, stall.signal]);
  let timer = setTimeout(() => stall.abort(), STALL_MS);
  let arrived = 0;
  const broken = (error: unknown) => {
    if (signal.aborted) return signal.reason;
    const why = stall.signal.aborted ? `nothing came for ${STALL_MS / 1000} s` : wordsOf(error);
    const of = expected === undefined ? "" : ` of ${expected}`;
    return new Broken(`the connection broke after ${arrived}${of} bytes (${why})`);
  };
  try {
    const response = await fetch(url, { cache, signal: either }).catch((error: unknown) => {
      throw broken(error);
    });
    if (!response.ok) {
      // The body of an error page is of no use, and holds one of the few connections.
      await response.body?.cancel();
      const status = `status ${response.status}`;
      throw isPassing(response.status) ? new Broken(`the server is busy (${status})`) : new NotHere(status);
    }
    const reader = response.body?.getReader();
    while (reader !== undefined) {
      const { value, done } = await reader.read().catch((error: unknown) => {
        throw broken(error);
      });
      if (done) return;
      clearTimeout(timer);
      timer = setTimeout(() => stall.abort(), STALL_MS);
      arrived += value.length;
      yield value;
    }
  } finally {
    clearTimeout(timer);
    // When whoever reads has had enough. After the end it does nothing.
    stall.abort();
  }
}
