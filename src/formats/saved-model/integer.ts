import { FormatError } from "../../core/errors.js";

/** A 64-bit integer as protobufjs gives it. */
export type Integer = number | { toNumber(): number; toString(): string };

/** An integer that must be exact, such as an extent: refused beyond 2^53. */
export function toSafeInteger(file: string, field: string, value: Integer): number {
  const number = typeof value === "number" ? value : value.toNumber();
  if (Number.isSafeInteger(number)) return number;
  throw new FormatError({ file, field }, "an integer of at most 53 bits", value.toString());
}
