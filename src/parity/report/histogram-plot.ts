import { type Html, html } from "./escape.js";
import { formatNumber } from "./format.js";
import { byReference } from "./layer-table.js";
import type { ReportComparison, ReportFacts, ReportHistogram } from "./report-schema.js";
import { type Frame, linearScale, minus, place } from "./svg.js";

const [WIDTH, HEIGHT] = [520, 210] as const;
const FRAME: Frame = { left: 14, right: 506, top: 26, bottom: 168 };

/** For each comparison, how many values of the pictures differ by how much; the budget is a line. */
export function renderHistograms({ comparisons }: ReportFacts): Html | undefined {
  const shown = byReference(comparisons).flatMap((comparison) =>
    comparison.histogram === undefined ? [] : [{ comparison, histogram: comparison.histogram }],
  );
  if (shown.length === 0) return undefined;
  const range = usedRange(shown.map(({ histogram, comparison }) => ({ histogram, bound: boundOf(comparison) })));
  return html`<p>Every colour value of every picture, by the size of its difference. The dashed line is the picture’s budget: what lies beyond it is not rounding.</p>
<div class="plots">${shown.map(({ comparison, histogram }) => panel(comparison, histogram, range))}</div>`;
}

function boundOf({ layers }: ReportComparison): number | undefined {
  return layers.find(({ layer }) => layer === "image")?.bound;
}

function panel(comparison: ReportComparison, histogram: ReportHistogram, [low, high]: readonly [number, number]): Html {
  const { exponents, counts, equal, nonFinite } = histogram;
  const total = counts.reduce((sum, count) => sum + count, 0) + equal + nonFinite;
  const most = Math.max(1, ...counts);
  const x = linearScale(low, high, FRAME.left, FRAME.right);
  const y = linearScale(0, most, FRAME.bottom, FRAME.top);
  const bound = boundOf(comparison);
  const at = bound === undefined || !(bound > 0) ? undefined : Math.log10(bound);
  const bars = counts.map((count, bin) => {
    const from = Math.max(low, exponents[bin - 1] ?? low);
    const to = Math.min(high, exponents[bin] ?? high);
    if (count === 0 || to <= from) return undefined;
    const over = at !== undefined && from >= at;
    // A bar of a few values among thousands is kept visible, for it may be the fault.
    const top = Math.min(y(count), FRAME.bottom - 1.5);
    return html`<rect class="${over ? "bar over" : "bar"}" x="${place(x(from) + 0.5)}" y="${place(top)}" width="${place(x(to) - x(from) - 1)}" height="${place(FRAME.bottom - top)}"><title>${formatNumber(10 ** from)} to ${formatNumber(10 ** to)}: ${count} of ${total}</title></rect>`;
  });
  const powers = Array.from({ length: high - low + 1 }, (_, index) => low + index);
  const step = Math.ceil(powers.length / 8);
  return html`<figure class="plot">
<figcaption>${comparison.candidate} against ${comparison.reference}<span class="sub">${remark(histogram, total)}</span></figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${describe(comparison, total)}">
${bars}
<line class="axis" x1="${FRAME.left}" x2="${FRAME.right}" y1="${FRAME.bottom}" y2="${FRAME.bottom}"/>
${powers
  .filter((_, index) => index % step === 0)
  .map(
    (power) =>
      html`<text class="tick" x="${place(x(power))}" y="${FRAME.bottom + 20}" text-anchor="middle">10<tspan class="power" dy="-0.4em">${minus(power)}</tspan></text>`,
  )}
${
  at === undefined || at < low || at > high
    ? undefined
    : html`<line class="budget" x1="${place(x(at))}" x2="${place(x(at))}" y1="${FRAME.top - 10}" y2="${FRAME.bottom}"/><text class="tick strong" x="${place(x(at) - 6)}" y="${FRAME.top - 2}" text-anchor="end">budget</text>`
}
</svg>
</figure>
`;
}

function remark({ equal, nonFinite }: ReportHistogram, total: number): string {
  const share = ((100 * equal) / Math.max(1, total)).toFixed(1);
  const parts = [
    equal === 0 ? "none exactly equal" : equal === total ? "all exactly equal" : `${share}% exactly equal`,
  ];
  if (nonFinite > 0) parts.push(`${nonFinite} NaN or infinite`);
  return parts.join(", ");
}

function describe({ candidate, reference, layers }: ReportComparison, total: number): string {
  const image = layers.find(({ layer }) => layer === "image");
  const numbers =
    image === undefined
      ? ""
      : `: mean ${formatNumber(image.difference.meanAbs)}, largest ${formatNumber(image.difference.maxAbs)}, budget ${formatNumber(image.bound)}`;
  return `Histogram of ${total} differences of ${candidate} from ${reference}${numbers}.`;
}

/** Whole powers of ten that hold every filled bin and every budget, the same for all plots. */
function usedRange(
  shown: readonly { readonly histogram: ReportHistogram; readonly bound: number | undefined }[],
): readonly [number, number] {
  const used = shown.flatMap(({ histogram: { exponents, counts }, bound }) => [
    ...counts.flatMap((count, bin) => (count > 0 ? [exponents[bin - 1], exponents[bin]] : [])),
    ...(bound !== undefined && bound > 0 && Number.isFinite(bound) ? [Math.log10(bound)] : []),
  ]);
  const known = used.filter((value) => value !== undefined);
  if (known.length === 0) return [-8, 0];
  const low = Math.floor(Math.min(...known));
  return [low, Math.max(low + 2, Math.ceil(Math.max(...known) + 0.05))];
}
