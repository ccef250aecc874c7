import { formatFactor, formatNumber, listed, plural } from "./format.js";
import type { ReportComparison, ReportFacts } from "./report-schema.js";

type Questions = ReportFacts["questions"];
type Answer = Questions["port"];

/** What is asked of a comparison: our graph in float64 leaves the port alone to blame, a back-end that rounds the runtime. */
export function questionOf(candidate: string): ReportComparison["question"] {
  return candidate === "reference" ? "port" : "runtime";
}

/** Both questions, each in a sentence or two. They are never mixed up: a rounding back-end says nothing of the port. */
export function answersOf(comparisons: readonly ReportComparison[]): Questions {
  return {
    port: answerPort(comparisons.filter(({ question }) => question === "port")),
    runtime: answerRuntime(comparisons.filter(({ question }) => question === "runtime")),
  };
}

function answerPort(comparisons: readonly ReportComparison[]): Answer {
  if (comparisons.length === 0) {
    return {
      answer: "not asked",
      sentence:
        "Nothing from outside was compared with our graph. Ask the module itself with --against module, or bring other pictures with --against REF.npz.",
    };
  }
  const off = comparisons.filter(({ verdict }) => verdict === "not explained");
  if (off.length > 0) return { answer: "no", sentence: off.map(describeOff).join(" ") };
  const references = listed([...new Set(comparisons.map(({ reference }) => reference))]);
  const { factor, layer } = worstOf(comparisons);
  return {
    answer: "yes",
    sentence: `Computed in float64, our graph gives the numbers of ${references}, ${layersSaid(comparisons)}. The largest difference, in ${named(layer)}, uses ${formatFactor(factor)} of what rounding may leave there.`,
  };
}

function answerRuntime(comparisons: readonly ReportComparison[]): Answer {
  if (comparisons.length === 0) {
    return { answer: "not asked", sentence: "No back-end that rounds was run. Name one with --backend." };
  }
  const off = comparisons.filter(({ verdict }) => verdict === "not explained");
  if (off.length > 0) return { answer: "no", sentence: off.map(describeOff).join(" ") };
  const names = [...new Set(comparisons.map(({ candidate }) => candidate))];
  const { factor, layer, candidate } = worstOf(comparisons);
  const where = names.length === 1 ? named(layer) : `${named(layer)} on ${candidate}`;
  return {
    answer: "yes",
    sentence: `Rounding explains every difference of ${listed(names)}, ${layersSaid(comparisons)}. The largest, in ${where}, uses ${formatFactor(factor)} of its budget.`,
  };
}

function describeOff({ candidate, reference, firstOff, layers }: ReportComparison): string {
  const layer = layers.find((one) => one.layer === firstOff);
  const name = candidate === "reference" ? "Our graph" : candidate;
  if (layer === undefined) return `${name} differs from ${reference} by more than rounding explains.`;
  const { maxAbs, nonFinite } = layer.difference;
  const found =
    nonFinite > 0 ? plural(nonFinite, "value that is no number").replace("numbers", "number") : formatNumber(maxAbs);
  return `${name} leaves ${reference} at ${layer.layer}: off by ${found}, where rounding explains ${formatNumber(layer.bound)}.`;
}

function named(layer: string): string {
  return layer === "image" ? "the image" : layer;
}

function layersSaid(comparisons: readonly ReportComparison[]): string {
  const most = Math.max(...comparisons.map(({ layers }) => layers.length));
  if (most > 1) return "layer by layer";
  return comparisons.some(({ layers }) => layers.some(({ layer }) => layer === "logits"))
    ? "in the logits"
    : "in the pictures";
}

function worstOf(comparisons: readonly ReportComparison[]) {
  let worst = { factor: -1, layer: "image", candidate: "" };
  for (const { candidate, layers } of comparisons) {
    for (const { factor, layer } of layers) if (factor > worst.factor) worst = { factor, layer, candidate };
  }
  return worst;
}
