import { FormatError } from "../../core/errors.js";

/** Reads fields of a document that anybody may have written. Each throws a {@link FormatError} that says which field, and what was expected there. */
export interface FieldReader {
  record(value: unknown, field: string): Readonly<Record<string, unknown>>;
  text(value: unknown, field: string): string;
  /** A whole number from 0 to `most`. */
  count(value: unknown, field: string, most: number): number;
  /** A finite number from `least` to `most`. */
  number(value: unknown, field: string, least: number, most: number): number;
  list(value: unknown, field: string, most: number): readonly unknown[];
  fail(field: string, expected: string, found: unknown): never;
}

/** Of a hostile document no more is repeated. */
const MAX_QUOTED = 40;

export function fieldReader(file: string, hint: string): FieldReader {
  const fail = (field: string, expected: string, found: unknown): never => {
    throw new FormatError({ file, field }, expected, describe(found), { hint });
  };
  return {
    fail,
    record: (value, field) => (isRecord(value) ? value : fail(field, "an object", value)),
    text: (value, field) => (typeof value === "string" ? value : fail(field, "a string", value)),
    count: (value, field, most) =>
      typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= most
        ? value
        : fail(field, `a whole number from 0 to ${most}`, value),
    number: (value, field, least, most) =>
      typeof value === "number" && value >= least && value <= most
        ? value
        : fail(field, `a number from ${least} to ${most}`, value),
    list: (value, field, most) =>
      Array.isArray(value) && value.length <= most ? value : fail(field, `a list of at most ${most}`, value),
  };
}

/** JSON text; what it holds is for the caller to check. Throws a {@link FormatError} when it is none. */
export function parseJson<T = unknown>(file: string, text: string, hint: string): T {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new FormatError({ file, field: "content" }, "JSON", describe(text.trimStart()), { hint, cause });
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function describe(value: unknown): string {
  if (value === undefined) return "none";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  const text = JSON.stringify(value) ?? typeof value;
  return (text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text).replace(/[^\x20-\x7e…]/g, "?");
}
