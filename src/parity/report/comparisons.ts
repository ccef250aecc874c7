import type { Comparison, LayerComparison } from "../compare.js";
import { differenceHistogram } from "../histogram.js";
import { psnr } from "../measures.js";
import type { ComparedImages } from "../pictures.js";
import { questionOf } from "./answers.js";
import type { ReportComparison, ReportLayer } from "./report-schema.js";

/** A run's comparisons as a report holds them; with the pictures behind them, their histograms too. */
export function reportComparisons(
  comparisons: readonly Comparison[],
  compared: readonly ComparedImages[],
): readonly ReportComparison[] {
  return comparisons.map((comparison, index) => {
    const { reference, candidate, cases, layers, verdict, firstOff } = comparison;
    const pair = compared.find((one) => one.comparison === index);
    return {
      question: questionOf(candidate),
      reference,
      candidate,
      cases,
      layers: layers.map(reportLayer),
      verdict,
      ...(firstOff === undefined ? {} : { firstOff }),
      ...(pair === undefined ? {} : { histogram: differenceHistogram(pair.wanted, pair.found) }),
    };
  });
}

function reportLayer({ layer, shape, difference, bound, factor, verdict }: LayerComparison): ReportLayer {
  const measures = layer === "image" ? { ...difference, psnrDb: psnr(difference) } : difference;
  return { layer, shape, difference: measures, bound, factor, verdict };
}
