import type { Measurement } from "./statistics.mjs";

export function goalTable(results: {
  readonly modules: readonly { readonly name: string }[];
  readonly measurements: readonly Measurement[];
}): string;
