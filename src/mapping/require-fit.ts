import { MappingError } from "../core/errors.js";
import type { Resolution } from "./resolve.js";

/** A model whose every parameter has its tensor and whose every tensor has its use, or all the reasons why not. */
export function requireFit(file: string, resolution: Resolution): void {
  const { mapping, issues } = resolution;
  if (issues.length === 0) return;
  const table = "Run `biggan-port check` for the whole table";
  const raw = rawWeightsHint(resolution);
  throw new MappingError(file, mapping.name, issues, { hint: raw === undefined ? `${table}.` : `${table}; ${raw}` });
}

/** What to do about moving averages that are not there; undefined when they are not what is missing. */
export function rawWeightsHint({ issues, weights }: Resolution): string | undefined {
  const lacksAverages =
    weights === "ema" && issues.some((issue) => issue.kind === "missing-source" && /\/ema[^/]*$/.test(issue.source));
  return lacksAverages
    ? "if this checkpoint was saved without moving averages, --raw-weights takes the raw ones."
    : undefined;
}
