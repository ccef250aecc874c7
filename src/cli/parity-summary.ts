import type { ParitySummary } from "../export/manifest.js";
import type { ParityResult } from "../parity/run-parity.js";

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
    description: runtimes[name]?.description ?? "",
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
