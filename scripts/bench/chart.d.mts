type Group = "ours" | "rivals" | "floor";

export function logAxis(
  values: readonly number[],
  start: number,
  end: number,
): { ticks: number[]; place(value: number): number };
export function barChart(
  title: string,
  rows: readonly { label: string; value: number; text: string; group: Group }[],
): string;
export function lineChart(
  title: string,
  places: readonly string[],
  series: readonly { label: string; group: Group; values: readonly number[] }[],
): string;
export function spread(heights: readonly number[], distance?: number): number[];
