import { type Html, html } from "./escape.js";
import { formatFactor, formatNumber } from "./format.js";
import { renderImage } from "./image.js";
import type { ReportImages } from "./report-data.js";
import type { ReportFacts, ReportSweep } from "./report-schema.js";
import { decadesAround, type Frame, linearScale, logScale, place, pointList, polyline, powersAxis } from "./svg.js";

const [WIDTH, HEIGHT] = [1060, 280] as const;
const FRAME: Frame = { left: 48, right: 1048, top: 12, bottom: 236 };

/** Difference and budget at every row of the statistics, over some of the pictures. */
export function renderSweep({ sweep, resolution }: ReportFacts, images: ReportImages): Html | undefined {
  if (sweep === undefined) return undefined;
  const { label, seed, points, rows, note, candidate, reference } = sweep;
  if (points.length === 0) return html`<p>${note ?? "No point was run."}</p>`;
  const strip = images.sweep.map(({ point, png }) => {
    const truncation = points[point]?.truncation ?? Number.NaN;
    const name = formatNumber(truncation, 3);
    return html`<li>${renderImage(png, { alt: `${label} at truncation ${name}`, side: resolution })}<span class="sub">${name}</span></li>`;
  });
  return html`<p>One latent vector (seed ${seed}) and one class, ${label}, at ${points.length === rows ? `all ${rows}` : `${points.length} of ${rows}`} truncations that have statistics of their own: ${candidate} against ${reference}. A row that is lost or off by one would stand out.${note === undefined ? "" : ` ${note}`}</p>
${strip.length === 0 ? undefined : html`<ul class="strip" style="--columns:${strip.length}" aria-label="Pictures at rising truncation">${strip}</ul>`}
<figure class="plot wide">
<figcaption>Largest difference by truncation</figcaption>
${plot(sweep)}
</figure>`;
}

function plot(sweep: ReportSweep): Html {
  const { points } = sweep;
  const decades = decadesAround(points.flatMap(({ maxAbs, bound }) => [maxAbs, bound]));
  const [first, last] = [points[0]?.truncation ?? 0, points.at(-1)?.truncation ?? 1];
  const x = linearScale(first, last, FRAME.left + 10, FRAME.right - 10);
  const y = logScale(decades, FRAME.bottom, FRAME.top);
  const bounds = points.map(({ truncation, bound }) => [x(truncation), y(bound)] as const);
  const field = pointList([...bounds, [x(last), FRAME.bottom], [x(first), FRAME.bottom]]);
  const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1].filter((tick) => tick >= first - 0.001 && tick <= last + 0.001);
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${describe(sweep)}">
<polygon class="field" points="${field}"/>
${powersAxis(decades, y, FRAME)}
${ticks.map((tick) => html`<text class="tick" x="${place(x(tick))}" y="${FRAME.bottom + 22}" text-anchor="middle">${tick}</text>`)}
<text class="tick" x="${FRAME.right}" y="${FRAME.bottom + 40}" text-anchor="end">truncation</text>
${polyline(bounds, "budget")}
${polyline(
  points.map(({ truncation, maxAbs }) => [x(truncation), y(maxAbs)]),
  "line",
)}
${points.map(({ truncation, maxAbs, bound }) => {
  const over = !(maxAbs <= bound);
  const tip = `truncation ${formatNumber(truncation, 3)}: max abs ${formatNumber(maxAbs, 3)}, budget ${formatNumber(bound, 3)}`;
  return html`<circle class="${over ? "dot over" : "dot"}" cx="${place(x(truncation))}" cy="${place(y(maxAbs))}" r="${over ? 6 : 3.5}"><title>${tip}</title></circle>`;
})}
</svg>`;
}

function describe({ points, candidate, reference }: ReportSweep): string {
  const worst = points.reduce((most, { maxAbs, bound }) => Math.max(most, maxAbs / bound), 0);
  return `Largest difference of ${candidate} from ${reference} at ${points.length} truncations; at most ${formatFactor(worst)} of the budget.`;
}
