/** What went wrong, by stage. Each has one exit code, fixed by the command line's contract. */
const EXIT_CODES = {
  usage: 2,
  format: 3,
  mapping: 4,
  parity: 5,
  export: 6,
  backend: 7,
  interrupted: 130,
} as const;

export type PortErrorCode = keyof typeof EXIT_CODES;

export interface PortErrorOptions {
  /** What the reader should do next: one sentence, imperative. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/** Every failure this package raises on purpose. Narrow with {@link isPortError}, never by message text. */
export abstract class PortError extends Error {
  abstract readonly code: PortErrorCode;
  readonly hint: string | undefined;

  constructor(message: string, options: PortErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.hint = options.hint;
    this.name = new.target.name;
  }

  get exitCode(): number {
    return EXIT_CODES[this.code];
  }
}

/** The command was given wrongly: an unknown option, a value out of range, an output that exists. */
export class UsageError extends PortError {
  override readonly code = "usage";
}

/** Where in which file something is wrong. `offset` is in bytes from the start of the file. */
export interface Place {
  readonly file: string;
  readonly offset?: number;
  readonly field: string;
}

/** What to do about a bad file, where the place that finds it knows nothing better. */
const FETCH_AGAIN = "The file is damaged, or is not what it seems: fetch or write it again.";

/** The bytes are not what the format says they must be, or cannot be read at all. */
export class FormatError extends PortError {
  override readonly code = "format";

  constructor(
    readonly place: Place,
    readonly expected: string,
    readonly found: string,
    options?: PortErrorOptions,
  ) {
    const at = place.offset === undefined ? "" : ` at byte ${place.offset}`;
    super(`${place.file}${at}: ${place.field}: expected ${expected}, found ${found}`, {
      hint: FETCH_AGAIN,
      ...options,
    });
  }
}

/** One disagreement between a checkpoint and a graph. */
export type MappingIssue =
  | { readonly kind: "unknown-model"; readonly detail: string }
  | {
      readonly kind: "missing-source";
      readonly target: string;
      readonly source: string;
      readonly nearest: readonly string[];
    }
  | { readonly kind: "unmapped-target"; readonly target: string }
  | { readonly kind: "ambiguous-target"; readonly target: string; readonly rules: readonly string[] }
  | { readonly kind: "unused-source"; readonly source: string; readonly shape: readonly number[] }
  | {
      readonly kind: "shape";
      readonly target: string;
      readonly source: string;
      readonly expected: readonly number[];
      readonly found: readonly number[];
    }
  | { readonly kind: "dtype"; readonly target: string; readonly source: string; readonly found: string };

/** All disagreements between a checkpoint and a graph, collected in one pass. */
export class MappingError extends PortError {
  override readonly code = "mapping";

  constructor(
    readonly file: string,
    readonly mapping: string,
    readonly issues: readonly MappingIssue[],
    options?: PortErrorOptions,
  ) {
    super(`${file}: mapping ${mapping}: ${issues.map(describeIssue).join("; ")}`, options);
  }
}

const dims = (shape: readonly number[]) => `[${shape.join(", ")}]`;

/** One line for one issue. */
export function describeIssue(issue: MappingIssue): string {
  switch (issue.kind) {
    case "unknown-model":
      return issue.detail;
    case "missing-source": {
      const nearest = issue.nearest.length === 0 ? "" : ` (nearest: ${issue.nearest.join(", ")})`;
      return `${issue.target}: expected the tensor ${issue.source}, found none of that name${nearest}`;
    }
    case "unmapped-target":
      return `${issue.target}: no rule fills this parameter`;
    case "ambiguous-target":
      return `${issue.target}: expected one rule, found ${issue.rules.length} (${issue.rules.join(", ")})`;
    case "unused-source":
      return `${issue.source} ${dims(issue.shape)}: no rule uses or ignores this tensor`;
    case "shape":
      return `${issue.target}: expected shape ${dims(issue.expected)}, found ${dims(issue.found)} in ${issue.source}`;
    case "dtype":
      return `${issue.target}: expected a floating-point tensor, found ${issue.found} in ${issue.source}`;
  }
}

/** The numbers differ by more than rounding explains. */
export class ParityError extends PortError {
  override readonly code = "parity";
}

/** The model cannot be written in the form asked for, or the place asked for cannot be written. */
export class ExportError extends PortError {
  override readonly code = "export";
}

/** A back-end is not installed, did not start, or failed while running. */
export class BackendError extends PortError {
  override readonly code = "backend";
}

/** The user stopped the work (Ctrl-C, or an aborted signal). */
export class InterruptedError extends PortError {
  override readonly code = "interrupted";

  constructor() {
    super("interrupted");
  }
}

export function isPortError(error: unknown): error is PortError {
  return error instanceof PortError;
}

/** Throws {@link InterruptedError} when the signal has been aborted. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new InterruptedError();
}
