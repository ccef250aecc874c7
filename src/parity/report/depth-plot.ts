import { type Html, html } from "./escape.js";
import { formatFactor, formatNumber } from "./format.js";
import { byReference, layerOrder } from "./layer-table.js";
import type { ReportComparison, ReportFacts } from "./report-schema.js";
import { decadesAround, type Frame, linearScale, logScale, place, pointList, polyline, powersAxis } from "./svg.js";

const [WIDTH, HEIGHT] = [520, 300] as const;
const FRAME: Frame = { left: 48, right: 508, top: 14, bottom: 236 };

/** One small plot for each comparison that has layers, all on one scale: the largest difference, and the budget above it. */
export function renderDepth({ comparisons }: ReportFacts): Html | undefined {
  const shown = byReference(comparisons).filter(({ layers }) => layers.length > 1);
  if (shown.length === 0) return undefined;
  const layers = layerOrder(shown).map(({ layer }) => layer);
  const values = shown.flatMap((one) => one.layers.flatMap(({ difference, bound }) => [difference.maxAbs, bound]));
  const decades = decadesAround(values);
  return html`<p>The largest difference of each layer from input to image, on a logarithmic scale. The shaded field is what rounding explains.</p>
<div class="plots">${shown.map((one) => panel(one, layers, decades))}</div>`;
}

function panel(comparison: ReportComparison, layers: readonly string[], decades: readonly [number, number]): Html {
  const x = linearScale(0, Math.max(1, layers.length - 1), FRAME.left + 14, FRAME.right - 14);
  const y = logScale(decades, FRAME.bottom, FRAME.top);
  const found = comparison.layers.map((one) => ({ ...one, x: x(layers.indexOf(one.layer)) }));
  const bounds = found.map(({ x: at, bound }) => [at, y(bound)] as const);
  const [first, last] = [bounds[0]?.[0] ?? 0, bounds.at(-1)?.[0] ?? 0];
  const field = pointList([...bounds, [last, FRAME.bottom], [first, FRAME.bottom]]);
  const title = `${comparison.candidate} against ${comparison.reference}`;
  return html`<figure class="plot">
<figcaption>${title}</figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${describe(comparison)}">
<polygon class="field" points="${field}"/>
${powersAxis(decades, y, FRAME)}
${layers.map((layer, index) => {
  const at = place(x(index));
  return html`<text class="tick" x="${at}" y="${FRAME.bottom + 16}" text-anchor="end" transform="rotate(-40 ${at} ${FRAME.bottom + 16})">${short(layer)}</text>`;
})}
${polyline(bounds, "budget")}
${polyline(
  found.map(({ x: at, difference }) => [at, y(difference.maxAbs)]),
  "line",
)}
${found.map((one) => {
  const kind = one.verdict === "not explained" ? "dot over" : one.difference.maxAbs === 0 ? "dot zero" : "dot";
  const tip = `${one.layer}: max abs ${formatNumber(one.difference.maxAbs, 3)}, budget ${formatNumber(one.bound, 3)}`;
  return html`<circle class="${kind}" cx="${place(one.x)}" cy="${place(y(one.difference.maxAbs))}" r="${kind === "dot over" ? 6 : 4}"><title>${tip}</title></circle>`;
})}
</svg>
</figure>
`;
}

function short(layer: string): string {
  return layer.length > 12 ? `${layer.slice(0, 11)}…` : layer;
}

function describe({ candidate, reference, layers }: ReportComparison): string {
  const [first, last] = [layers[0], layers.at(-1)];
  if (first === undefined || last === undefined) return `${candidate} against ${reference}: no layers`;
  const worst = Math.max(...layers.map(({ factor }) => factor));
  return `Largest difference of ${candidate} from ${reference} by layer: from ${formatNumber(first.difference.maxAbs)} in ${first.layer} to ${formatNumber(last.difference.maxAbs)} in ${last.layer}; at most ${formatFactor(worst)} of the budget.`;
}
