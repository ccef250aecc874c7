import type { Summary } from "../bench/statistics.mjs";

interface Check {
  readonly module: string;
  readonly contender: string;
  readonly batch: number;
  readonly largest: number;
  readonly decibels: number;
  readonly peakBytes: number;
}

interface Turn {
  readonly module: string;
  readonly contender: string;
  readonly batch: number;
  readonly milliseconds: number;
}

interface Results {
  readonly modules: readonly { readonly name: string; readonly parameters: number }[];
  readonly contenders: readonly { readonly id: string; readonly title: string; readonly group: string }[];
  readonly turns: readonly Turn[];
  readonly checks: readonly Check[];
  readonly failures: readonly { readonly module: string; readonly contender: string; readonly error: string }[];
}

export function rowsOf(results: Results): (Check & { readonly time: Summary })[];
export function timeTables(results: Results, chartOf: (module: string) => string): string;
export function goalTable(results: Results): string;
export function milliseconds(value: number): string;
