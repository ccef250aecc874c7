import type { OnnxCompute } from "../lowering/onnx-graph.js";
import { type Html, html, raw } from "../parity/report/escape.js";
import { formatCount, formatDecibels, formatNearOne, formatNumber } from "../parity/report/format.js";
import { renderImage } from "../parity/report/image.js";
import { STYLE } from "../parity/report/style.js";
import type { PlannedPrecision } from "./plan-for.js";
import { renderSensitivity } from "./sensitivity-section.js";
import { type ShownCase, worstPictures } from "./worst-pictures.js";

/** The worst pictures of each format. */
const SHOWN = 6;

/** One format of an export. */
export interface QualityEntry {
  /** `tfjs`, `onnx` */
  readonly format: string;
  readonly planned: PlannedPrecision & { readonly compute?: OnnxCompute };
}

export interface QualityPage {
  readonly title: string;
  readonly resolution: number;
  readonly labels?: readonly string[] | undefined;
  readonly entries: readonly QualityEntry[];
}

/** One page that holds everything, as the parity report is: how the numbers are stored, what that costs, and how the worst pictures look. */
export function renderQualityPage(page: QualityPage): string {
  const { title, entries } = page;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}: quality</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<header class="page">
<p class="eyebrow">Quality report</p>
<h1>${title}</h1>
<p class="lede">What fewer bits cost: every number here compares the reduced export with the float32 one, on samples that nothing was chosen by.</p>
</header>
<main>
${entries.map((entry) => renderEntry(page, entry))}</main>
</body>
</html>
`.html;
}

function renderEntry(page: QualityPage, { format, planned }: QualityEntry): Html {
  const { quality, bytes, float32Bytes, spared, compute, sensitivity, backend } = planned;
  const pictures = planned.pictures && worstPictures(planned.pictures, SHOWN);
  const rows: [string, string | undefined][] = [
    ["Asked for", askedFor(planned)],
    ["Weights", `${formatCount(bytes)} bytes, ${((100 * bytes) / float32Bytes).toFixed(1)} % of float32`],
    ["Stored as", storedAs(planned)],
    [
      "PSNR",
      quality &&
        `${formatDecibels(quality.psnr.overall)} over all ${quality.samples} samples; mean ${formatDecibels(quality.psnr.mean)}; worst ${formatDecibels(quality.psnr.worst)}`,
    ],
    ["SSIM", quality && `mean ${formatNearOne(quality.ssim.mean)}; worst ${formatNearOne(quality.ssim.worst)}`],
    [
      "Computed in",
      compute && `${compute.type}; in float32: ${[...compute.spared].join(", ") || "nothing that could be"}`,
    ],
    ["Drawn by", backend],
  ];
  return html`<section id="${format}" aria-labelledby="${format}-title">
<h2 id="${format}-title">${format}</h2>
<dl class="facts">${rows.map(([term, text]) => (text === undefined ? undefined : html`<div><dt>${term}</dt><dd>${text}</dd></div>`))}</dl>
${spared.length === 0 ? undefined : html`<details><summary>${spared.length} parameters are stored wider</summary><ul>${spared.map(({ parameter, precision, reason }) => html`<li><code>${parameter}</code> in ${precision}: ${reason}</li>`)}</ul></details>`}
${pictures === undefined || pictures.length === 0 ? undefined : renderPictures(page, format, pictures)}
${sensitivity === undefined ? undefined : renderSensitivity(sensitivity)}
</section>
`;
}

function renderPictures({ resolution: side, labels }: QualityPage, format: string, cases: readonly ShownCase[]): Html {
  const label = (classIndex: number) => labels?.[classIndex] ?? `class ${classIndex}`;
  const strip = (name: string, pick: "wanted" | "found" | "difference") => html`<tbody>
<tr class="label"><th colspan="${cases.length}" scope="rowgroup"><span class="name">${name}</span></th></tr>
<tr>${cases.map((each) => html`<td>${renderImage(each[pick], { alt: `${label(each.classIndex)}, ${name}`, side })}</td>`)}</tr>
</tbody>`;
  return html`<h3>The worst pictures</h3>
<div class="scroll strips"><table class="film" style="--columns:${cases.length}">
<caption class="hidden">The pictures of ${format} that differ most from float32</caption>
<thead><tr>${cases.map(({ classIndex, seed, truncation, psnr }) => html`<th scope="col"><span class="name">${label(classIndex)}</span><span class="sub">seed ${seed}, truncation ${formatNumber(truncation, 3)}, ${formatDecibels(psnr)}</span></th>`)}</tr></thead>
${strip("float32", "wanted")}
${strip("reduced", "found")}
${strip("difference", "difference")}
<tbody><tr class="numbers">${cases.map(({ amplification }) => html`<td>${amplification === 0 ? "none at all" : `× ${formatCount(amplification)}`}</td>`)}</tr></tbody>
</table></div>`;
}

function askedFor({ request: { dtype, quality, maxBytes } }: PlannedPrecision): string {
  const parts = [
    dtype,
    quality === undefined ? undefined : `at least ${formatDecibels(quality)}`,
    maxBytes === undefined ? undefined : `at most ${formatCount(maxBytes)} bytes`,
  ];
  return parts.filter((part) => part !== undefined).join(", ");
}

function storedAs({ plan }: PlannedPrecision): string {
  const counts = new Map<string, number>();
  for (const precision of plan.values()) {
    if (precision !== "float32") counts.set(precision, (counts.get(precision) ?? 0) + 1);
  }
  const parts = [...counts].sort().map(([precision, count]) => `${count} parameters in ${precision}`);
  return [...parts, "the rest in float32"].join(", ");
}
