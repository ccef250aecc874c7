import { type Html, html } from "./escape.js";
import { formatDecibels, formatFactor, formatNearOne, formatNumber } from "./format.js";
import type { ReportComparison, ReportLayer } from "./report-schema.js";

/** Name of each measure and its text; the table and the tooltips of the layer table show the same ones. */
const MEASURES: readonly (readonly [name: string, text: (layer: ReportLayer) => string])[] = [
  ["Factor", ({ factor }) => formatFactor(factor)],
  ["Budget", ({ bound }) => formatNumber(bound)],
  ["Max abs", ({ difference }) => formatNumber(difference.maxAbs)],
  ["Mean abs", ({ difference }) => formatNumber(difference.meanAbs)],
  ["Max / RMS", ({ difference }) => formatNumber(relative(difference))],
  ["ULP", ({ difference }) => (difference.maxUlp === undefined ? "" : formatNumber(difference.maxUlp))],
  ["Cosine", ({ difference }) => formatNearOne(difference.cosine)],
  ["SNR", ({ difference }) => formatDecibels(difference.snrDb)],
  ["PSNR", ({ difference }) => (difference.psnrDb === undefined ? "" : formatDecibels(difference.psnrDb))],
  ["SSIM", ({ difference }) => (difference.ssim === undefined ? "" : formatNearOne(difference.ssim))],
  ["NaN, ∞", ({ difference }) => (difference.nonFinite === 0 ? "" : String(difference.nonFinite))],
];

/** All measures of a layer, one a line, for a tooltip. */
export function measureLines(layer: ReportLayer): string {
  const lines = MEASURES.map(([name, text]) => [name, text(layer)] as const).filter(([, text]) => text !== "");
  return [`${layer.layer}: ${layer.verdict}`, ...lines.map(([name, text]) => `${name} ${text}`)].join("\n");
}

/** Every measure of one comparison in a table of its own: tooltips reach neither paper nor fingers. */
export function renderMeasures(comparison: ReportComparison): Html {
  const shown = MEASURES.filter(([, text]) => comparison.layers.some((layer) => text(layer) !== ""));
  return html`<div class="scroll"><table class="plain">
<caption>${comparison.candidate} against ${comparison.reference}</caption>
<thead><tr><th scope="col">Layer</th>${shown.map(([name]) => html`<th scope="col" class="number">${name}</th>`)}</tr></thead>
<tbody>${comparison.layers.map(
    (layer) =>
      html`<tr><th scope="row">${layer.layer}</th>${shown.map(([, text]) => html`<td class="number">${text(layer)}</td>`)}</tr>
`,
  )}</tbody></table></div>
`;
}

function relative({ maxAbs, referenceRms }: ReportLayer["difference"]): number {
  return maxAbs === 0 ? 0 : maxAbs / referenceRms;
}
