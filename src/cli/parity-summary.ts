import type { ParitySummary } from "../export/manifest.js";
import { isOutput } from "../graph/graph.js";
import type { FileCheck } from "../parity/report/file-check.js";
import type { ParityResult } from "../parity/run-parity.js";

/** What the manifest keeps of a parity run, and of the files that were tried. */
export function paritySummary(
  { verdict, comparisons, runtimes }: ParityResult,
  checks: readonly FileCheck[] | undefined,
): ParitySummary {
  const worstOf = (backend: string) =>
    Math.max(
      ...comparisons
        .filter(({ candidate }) => candidate === backend)
        .map(({ layers }) => layers.find(({ layer }) => isOutput(layer))?.difference.maxAbs ?? 0),
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
    ...(checks === undefined ? {} : { files: checks.map(fileSummary) }),
    worst: Math.max(0, ...backends.map(({ worst }) => worst)),
  };
}

function fileSummary({ format, backend, reference, maxAbs, bound, verdict }: FileCheck) {
  return { format, backend, reference, worst: maxAbs, bound, verdict };
}
