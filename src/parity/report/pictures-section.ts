import { type Html, html, raw } from "./escape.js";
import { formatCount, formatDecibels, formatNearOne, formatNumber, plural } from "./format.js";
import { renderImage } from "./image.js";
import type { PictureStrips, ReportImages } from "./report-data.js";
import type { ReportComparison, ReportFacts, ReportPictures } from "./report-schema.js";

/** A single picture across the page would show nothing but its pixels. */
const FEWEST_COLUMNS = 4;

/** Beyond so many candidates, those that rounding explains show only what differs: their pictures look the same. */
const WHOLE = 3;

/** Film strips: the reference on top; below it each candidate, and what differs, amplified. */
export function renderPictures(facts: ReportFacts, images: ReportImages): Html | undefined {
  if (facts.pictures.length === 0) return undefined;
  return html`<p>The same inputs on both sides. In the difference pictures black is equal; brightness is the largest of the three colours’ differences, multiplied by the number stated.</p>
${facts.pictures.map((group, index) => renderGroup(facts, group, images.pictures[index]))}`;
}

function renderGroup(facts: ReportFacts, group: ReportPictures, strips: PictureStrips | undefined): Html {
  const { cases, reference } = group;
  const side = facts.resolution;
  const cells = (pngs: readonly Uint8Array[], what: string) =>
    cases.map(({ label }, index) => {
      const png = pngs[index];
      return html`<td>${png === undefined ? "" : renderImage(png, { alt: `${label}, ${what}`, side })}</td>`;
    });
  const headers = cases.map(
    ({ label, seed, truncation }) =>
      html`<th scope="col"><span class="name">${label}</span><span class="sub">${seed === undefined ? "" : `seed ${seed}, `}truncation ${formatNumber(truncation, 3)}</span></th>`,
  );
  const columns = Math.max(FEWEST_COLUMNS, cases.length);
  const rows = group.rows.map((row, index) => {
    const comparison = facts.comparisons[row.comparison];
    if (comparison === undefined) return undefined;
    const name = comparison.candidate === "reference" ? "Our graph in float64" : comparison.candidate;
    const strip = strips?.rows[index];
    const whole = group.rows.length <= WHOLE || index < WHOLE - 1 || comparison.verdict === "not explained";
    const pictures = html`<tr>${cells(strip?.candidate ?? [], name)}</tr>`;
    return html`<tbody>
<tr class="label"><th colspan="${columns}" scope="rowgroup"><span class="name">${name}</span> <span class="sub">${agreement(comparison, row)}</span></th></tr>
${whole ? pictures : undefined}
<tr class="label"><th colspan="${columns}" scope="rowgroup"><span class="name">${amplified(row.amplification)}</span> ${scale(row.amplification)}</th></tr>
<tr>${cells(strip?.difference ?? [], `difference of ${name} from ${reference}, amplified`)}</tr>
<tr class="numbers">${row.maxAbs.map((value) => html`<td>${formatNumber(value)}</td>`)}</tr>
</tbody>
`;
  });
  return html`<div class="scroll strips"><table class="film" style="--columns:${columns}">
<caption class="hidden">Pictures of ${reference} and of what is compared with it</caption>
<colgroup>${Array.from({ length: columns }, () => raw("<col>"))}</colgroup>
<thead><tr>${headers}</tr></thead>
<tbody><tr class="label"><th colspan="${columns}" scope="rowgroup"><span class="name">${capital(reference)}</span> <span class="sub">what is right</span></th></tr>
<tr>${cells(strips?.reference ?? [], reference)}</tr></tbody>
${rows}</table></div>`;
}

function capital(text: string): string {
  return text.startsWith("our ") || text.startsWith("the ") ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

function agreement({ layers }: ReportComparison, { bytesOff, bytes }: ReportPictures["rows"][number]): string {
  const image = layers.find(({ layer }) => layer === "image");
  const parts = [
    bytesOff === 0
      ? `all ${formatCount(bytes)} 8-bit values equal`
      : `${formatCount(bytesOff)} of ${plural(bytes, "8-bit value")} differ`,
  ];
  if (image?.difference.psnrDb !== undefined) parts.push(`PSNR ${formatDecibels(image.difference.psnrDb)}`);
  if (image?.difference.ssim !== undefined) parts.push(`SSIM ${formatNearOne(image.difference.ssim)}`);
  return parts.join(" · ");
}

function amplified(amplification: number): string {
  if (amplification === 0) return "No difference at all";
  return amplification === 1 ? "Difference, as it is" : `Difference × ${formatCount(amplification)}`;
}

function scale(amplification: number): Html | undefined {
  if (amplification === 0) return undefined;
  return html`<span class="scale">0 <span class="ramp" aria-hidden="true"></span> ${formatNumber(1 / amplification)}</span>`;
}
