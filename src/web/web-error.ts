import { isPortError, type PortErrorCode } from "../core/errors.js";

/** `network`: a file did not arrive. The others are those of the command line; `internal` is a fault of this library. */
export type WebErrorCode = Exclude<PortErrorCode, "interrupted"> | "network" | "internal";

export interface WebErrorOptions {
  /** What to do next: one sentence, imperative. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/** Every failure of `biggan-port/web`, in words for the visitor. An abort is no failure: it rejects with the signal's reason. */
export class WebError extends Error {
  override readonly name = "WebError";
  readonly hint: string | undefined;

  constructor(
    readonly code: WebErrorCode,
    message: string,
    { hint, cause }: WebErrorOptions = {},
  ) {
    super(message, { cause });
    this.hint = hint;
  }
}

/** What crosses between threads: class instances do not survive that. */
export interface ErrorData {
  readonly code: WebErrorCode | "aborted";
  readonly message: string;
  readonly hint: string | undefined;
}

export function errorData(error: unknown): ErrorData {
  if (isAbort(error)) return { code: "aborted", message: "The work was cancelled.", hint: undefined };
  if (error instanceof WebError) return { code: error.code, message: error.message, hint: error.hint };
  if (isPortError(error) && error.code !== "interrupted") {
    return { code: error.code, message: error.message, hint: error.hint };
  }
  return { code: "internal", message: wordsOf(error), hint: undefined };
}

/** The error that callers get: a {@link WebError}, or a DOMException named AbortError. */
export function publicError(error: unknown): Error {
  return error instanceof WebError ? error : errorFrom(errorData(error), error);
}

export function errorFrom({ code, message, hint }: ErrorData, cause?: unknown): Error {
  return code === "aborted" ? new DOMException(message, "AbortError") : new WebError(code, message, { hint, cause });
}

/** Also of the readers' own interruptions. */
function isAbort(error: unknown): boolean {
  if (isPortError(error)) return error.code === "interrupted";
  return error instanceof DOMException && error.name === "AbortError";
}

/** What a library threw, which need not be an Error. */
export function wordsOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  if (typeof error === "object" && error !== null && "message" in error) return String(error.message);
  return String(error);
}
