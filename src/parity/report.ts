import type { Comparison, LayerComparison } from "./compare.js";
import { psnr } from "./measures.js";
import type { ParityResult } from "./run-parity.js";

export interface ReportOptions {
  readonly title: string;
  /** `Family`, `Resolution` … and their values. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly result: ParityResult;
  readonly warnings: readonly string[];
  /** PNG of the sample grid, with its caption. */
  readonly samples?: { readonly png: Uint8Array; readonly caption: string };
}

/** One HTML page that holds everything: opens from disk, needs no network, prints. */
export function renderReport({ title, facts, result, warnings, samples }: ReportOptions): string {
  const sections = [
    `<p class="verdict ${result.verdict === "not explained" ? "bad" : "good"}">${escapeHtml(verdictLine(result))}</p>`,
    ...warnings.map((warning) => `<p class="warning">${escapeHtml(warning)}</p>`),
    `<dl>${facts.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`).join("")}</dl>`,
    ...(samples === undefined ? [] : [picture(samples.png, samples.caption)]),
    ...result.comparisons.map(comparisonSection),
    `<h2>What ran</h2><dl>${Object.entries(result.runtimes)
      .map(([name, text]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(text)}</dd>`)
      .join("")}</dl>`,
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${sections.join("\n")}
</main>
</body>
</html>
`;
}

function verdictLine({ verdict, comparisons }: ParityResult): string {
  if (verdict === "explained by rounding") {
    return `Every difference is explained by rounding (${comparisons.length} comparison${comparisons.length === 1 ? "" : "s"}).`;
  }
  const off = comparisons.filter((comparison) => comparison.verdict === "not explained");
  return off
    .map(
      ({ candidate, reference, firstOff }) => `${candidate} against ${reference}: not explained, first at ${firstOff}.`,
    )
    .join(" ");
}

function comparisonSection({ candidate, reference, cases, layers }: Comparison): string {
  const header = ["layer", "shape", "largest |difference|", "allowed", "mean", "largest magnitude", "SNR", "verdict"];
  return `<h2>${escapeHtml(candidate)} against ${escapeHtml(reference)}</h2>
<p>${cases} case${cases === 1 ? "" : "s"}.</p>
<div class="scroll"><table>
<thead><tr>${header.map((cell) => `<th>${cell}</th>`).join("")}</tr></thead>
<tbody>${layers.map(layerRow).join("\n")}</tbody>
</table></div>`;
}

function layerRow({ layer, shape, difference, bound, verdict }: LayerComparison): string {
  const noise = layer === "image" ? `${psnr(difference).toFixed(1)} dB PSNR` : `${difference.snrDb.toFixed(1)} dB`;
  const cells = [
    layer,
    shape.join(" x "),
    difference.maxAbs.toExponential(2),
    bound.toExponential(2),
    difference.meanAbs.toExponential(2),
    difference.referenceMax.toPrecision(4),
    noise,
    verdict,
  ];
  return `<tr class="${verdict === "not explained" ? "bad" : "good"}">${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("")}</tr>`;
}

function picture(png: Uint8Array, caption: string): string {
  const data = Buffer.from(png).toString("base64");
  return `<figure><img src="data:image/png;base64,${data}" alt="${escapeHtml(caption)}"><figcaption>${escapeHtml(caption)}</figcaption></figure>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

const STYLE = `
:root { color-scheme: light dark; --good: #1a7f4b; --bad: #c0362c; --line: #8884; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0; }
main { max-width: 62rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
h1 { font-size: 1.8rem; line-height: 1.2; margin: 0 0 1rem; }
h2 { font-size: 1.15rem; margin: 2.5rem 0 .5rem; }
.verdict { font-size: 1.15rem; font-weight: 600; padding: .75rem 1rem; border-left: .35rem solid; }
.verdict.good { color: var(--good); } .verdict.bad { color: var(--bad); }
.warning { padding: .5rem 1rem; border-left: .35rem solid #b8860b; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1.5rem; margin: 1rem 0; }
dt { opacity: .7; } dd { margin: 0; overflow-wrap: anywhere; }
figure { margin: 1.5rem 0; } img { max-width: 100%; image-rendering: pixelated; border-radius: 4px; }
figcaption { opacity: .7; font-size: .9rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: .3rem .6rem; border-bottom: 1px solid var(--line); white-space: nowrap; }
th:first-child, td:first-child, th:last-child, td:last-child { text-align: left; }
tr.good td:last-child { color: var(--good); } tr.bad td { color: var(--bad); font-weight: 600; }
@media print { main { max-width: none; } h2 { break-after: avoid; } tr { break-inside: avoid; } }
`;
