import type { ParitySummary } from "../export/manifest.js";
import type { ParityResult } from "../parity/run-parity.js";
import { formatTable } from "./table.js";

/** The layer table for the terminal: one row a layer, one column a comparison, each the largest difference. */
export function parityTable({ comparisons }: ParityResult): string[] {
  const layers = [...new Set(comparisons.flatMap((comparison) => comparison.layers.map(({ layer }) => layer)))].sort(
    (a, b) => Number(a === "image") - Number(b === "image"),
  );
  const cell = (comparison: ParityResult["comparisons"][number], layer: string): string => {
    const found = comparison.layers.find((candidate) => candidate.layer === layer);
    if (found === undefined) return "";
    return `${found.difference.maxAbs.toExponential(1)}${found.verdict === "not explained" ? " !" : ""}`;
  };
  const rows = layers.map((layer) => [layer, ...comparisons.map((comparison) => cell(comparison, layer))]);
  const verdicts = [
    "verdict",
    ...comparisons.map(({ verdict }) => (verdict === "not explained" ? "NOT EXPLAINED" : "explained")),
  ];
  const header = ["largest difference", ...comparisons.map((_, index) => `[${index + 1}]`)];
  const legend = comparisons.map(
    ({ candidate, reference, cases }, index) =>
      `[${index + 1}] ${candidate} against ${reference}, ${cases} case${cases === 1 ? "" : "s"}`,
  );
  return [
    ...legend,
    "",
    ...formatTable(
      [header, ...rows, verdicts],
      comparisons.map((_, index) => index + 1),
    ),
  ];
}

/** What the manifest keeps of a parity run. */
export function paritySummary({ verdict, comparisons, runtimes }: ParityResult): ParitySummary {
  const worstOf = (backend: string) =>
    Math.max(
      ...comparisons
        .filter(({ candidate }) => candidate === backend)
        .map(({ layers }) => layers.find(({ layer }) => layer === "image")?.difference.maxAbs ?? 0),
    );
  const backends = [...new Set(comparisons.map(({ candidate }) => candidate))].map((name) => ({
    name,
    description: runtimes[name] ?? "",
    verdict: comparisons.some((comparison) => comparison.candidate === name && comparison.verdict === "not explained")
      ? "not explained"
      : "explained by rounding",
    worst: worstOf(name),
  }));
  return {
    verdict,
    reference: [...new Set(comparisons.map(({ reference }) => reference))].join(", "),
    backends,
    worst: Math.max(0, ...backends.map(({ worst }) => worst)),
  };
}
