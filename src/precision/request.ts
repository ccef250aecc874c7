import { UsageError } from "../core/errors.js";
import { PRECISIONS, type Precision } from "../storage/plan.js";

/** What a user asks of a reduced export. Without `quality` and `maxBytes` everything has `dtype`; with them it is the narrowest allowed. */
export interface PrecisionRequest {
  readonly dtype?: Precision | undefined;
  /** Least PSNR in decibels against float32, over all samples. */
  readonly quality?: number | undefined;
  /** Most bytes of the weights. */
  readonly maxBytes?: number | undefined;
}

export function parsePrecision(text: string): Precision {
  const found = PRECISIONS.find((precision) => precision === text);
  if (found === undefined) throw new UsageError(`--dtype: expected one of ${PRECISIONS.join(", ")}, found ${text}`);
  return found;
}

/** `40dB` or `40`, as decibels. Throws a {@link UsageError} on anything else. */
export function parseQuality(text: string): number {
  const match = /^\s*(\d+(?:\.\d+)?)\s*(?:dB)?\s*$/i.exec(text);
  const value = Number(match?.[1] ?? Number.NaN);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new UsageError(`--quality: expected decibels above 0, found ${text.slice(0, 40)}`, {
    hint: "Write it as --quality 40dB.",
  });
}

const UNITS: Readonly<Record<string, number>> = {
  "": 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
};

/** `30MB` (30,000,000), `30MiB`, `500kB` or a number of bytes. Throws a {@link UsageError} on anything else. */
export function parseBytes(text: string): number {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/i.exec(text);
  const unit = UNITS[(match?.[2] ?? "?").toLowerCase()];
  const value = unit === undefined ? Number.NaN : Math.floor(Number(match?.[1]) * unit);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new UsageError(`--max-bytes: expected a size, found ${text.slice(0, 40)}`, {
    hint: "Write it as --max-bytes 30MB (30,000,000 bytes) or 30MiB.",
  });
}
