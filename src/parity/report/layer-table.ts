import { isOutput } from "../../graph/graph.js";
import { type Html, html } from "./escape.js";
import { formatExtents, formatFactor, formatNumber, plural } from "./format.js";
import { measureLines, renderMeasures } from "./measures-table.js";
import type { ReportComparison, ReportFacts, ReportLayer } from "./report-schema.js";

/** Upper ends of the colour steps, as parts of the budget. */
const STEPS = [0.01, 0.1, 0.5, 1] as const;

/** Class of a cell's colour: `f0` (least) … `f3` inside the budget, `f4` beyond it. */
function stepOf(factor: number): string {
  const step = STEPS.findIndex((end) => factor <= end);
  return `f${step < 0 ? STEPS.length : step}`;
}

/** One row a layer, one column a comparison; the part of the budget that is used, coloured, with the difference below it. */
export function renderLayerTable({ comparisons }: ReportFacts): Html | undefined {
  if (comparisons.length === 0) return undefined;
  const layers = layerOrder(comparisons);
  const references = [...new Set(comparisons.map(({ reference }) => reference))];
  const ordered = byReference(comparisons);
  return html`<p>The large number is the part of its budget that a layer’s largest difference uses: up to 1, rounding explains it. Below it stands the difference itself. The other measures stand below the table.</p>
<div class="scroll"><table class="layers">
<caption class="hidden">Part of the error budget used, for each layer and comparison</caption>
<thead>
<tr><td></td>${references.map((reference) => {
    const columns = ordered.filter((one) => one.reference === reference);
    return html`<th scope="colgroup" colspan="${columns.length}">against ${reference}<span class="sub">${casesOf(columns)}</span></th>`;
  })}</tr>
<tr><th scope="col">Layer</th>${ordered.map(({ candidate }) => html`<th scope="col">${candidate}</th>`)}</tr>
</thead>
<tbody>${layers.map(
    ({
      layer,
      shape,
    }) => html`<tr><th scope="row">${layer}<span class="sub">${formatExtents(shape.slice(1))}</span></th>${ordered.map(
      (comparison) => renderCell(comparison.layers.find((one) => one.layer === layer)),
    )}</tr>
`,
  )}</tbody>
<tfoot><tr><th scope="row">Verdict</th>${ordered.map(renderVerdictCell)}</tr></tfoot>
</table></div>
${legend()}
<details${ordered.length === 1 ? html` open` : ""}><summary>All measures of every layer</summary>
${ordered.map(renderMeasures)}</details>`;
}

function renderCell(found: ReportLayer | undefined): Html {
  if (found === undefined) return html`<td class="none"><span class="hidden">not compared</span>–</td>`;
  const { factor, difference, verdict } = found;
  const over = verdict === "not explained";
  return html`<td class="${stepOf(over ? Number.POSITIVE_INFINITY : factor)}" title="${measureLines(found)}"><span class="factor">${over ? html`<span aria-hidden="true">▲ </span>` : ""}${formatFactor(factor)}</span><span class="sub">${difference.nonFinite > 0 ? plural(difference.nonFinite, "non-number") : formatNumber(difference.maxAbs)}</span></td>`;
}

function renderVerdictCell({ verdict, firstOff }: ReportComparison): Html {
  return verdict === "explained by rounding"
    ? html`<td class="good">✓ explained</td>`
    : html`<td class="bad">▲ not explained${firstOff === undefined ? "" : html`<span class="sub">first at ${firstOff}</span>`}</td>`;
}

function casesOf(columns: readonly ReportComparison[]): string {
  return plural(Math.max(...columns.map(({ cases }) => cases)), "picture");
}

/** Those of one reference together, in the order in which references first appear. */
export function byReference(comparisons: readonly ReportComparison[]): readonly ReportComparison[] {
  const references = [...new Set(comparisons.map(({ reference }) => reference))];
  return references.flatMap((reference) => comparisons.filter((one) => one.reference === reference));
}

/** In network order: as the longest comparison has them, what only others have at the end, the output last of all. */
export function layerOrder(comparisons: readonly ReportComparison[]): readonly ReportLayer[] {
  const longest = [...comparisons].sort((a, b) => b.layers.length - a.layers.length);
  const found = new Map<string, ReportLayer>();
  for (const { layers } of longest) for (const one of layers) if (!found.has(one.layer)) found.set(one.layer, one);
  return [...found.values()].sort((a, b) => Number(isOutput(a.layer)) - Number(isOutput(b.layer)));
}

function legend(): Html {
  const labels = ["to 0.01", "to 0.1", "to 0.5", "to 1", "▲ above 1: not explained"];
  return html`<p class="legend"><span>Part of the budget:</span>${labels.map(
    (label, step) => html` <span><span class="swatch f${step}" aria-hidden="true"></span>${label}</span>`,
  )}</p>`;
}
