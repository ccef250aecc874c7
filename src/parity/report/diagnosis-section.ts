import type { ReportDiagnosis } from "./diagnosis-schema.js";
import { type Html, html } from "./escape.js";
import { formatCount, formatExtents, formatNumber } from "./format.js";
import type { ReportFacts } from "./report-schema.js";
import { decadesAround, logScale } from "./svg.js";

const ROLES = { input: "Input", parameter: "Parameter", ours: "Ours", theirs: "Theirs" } as const;

/** How many of the faults that were tried are shown. */
const LISTED = 12;

/** The first layer that is off: what is likely wrong with it, what else was tried, and its tensors in numbers. */
export function renderDiagnosis({ diagnosis }: ReportFacts): Html | undefined {
  if (diagnosis === undefined) return undefined;
  const { layer, candidate, reference, summary, causes, findings, tensors, minimalCase } = diagnosis;
  const [cause] = causes;
  return html`<div class="cause"><p class="eyebrow">First off at ${layer}: ${candidate} against ${reference}</p>
<p class="answer">${cause === undefined ? "No known fault explains it" : `${cause.places.join(", ")}: ${cause.change}`}</p>
<p>${summary}</p></div>
${findings.length === 0 ? undefined : renderFindings(diagnosis)}
${tensors.length === 0 ? undefined : renderTensors(diagnosis)}
${minimalCase === undefined ? undefined : html`<p>The tensors of this layer are saved in <code>${minimalCase}</code>, to attach to an issue.</p>`}`;
}

function renderFindings({ findings, layer, maxAbs, bound }: ReportDiagnosis): Html {
  const shown = findings.slice(0, LISTED);
  const decades = decadesAround([maxAbs, bound, ...shown.map(({ residual }) => residual)]);
  const width = logScale(decades, 1, 100);
  const percent = (value: number) => width(value).toFixed(1);
  const more = findings.length > shown.length ? ` The best ${LISTED} of ${findings.length} are shown.` : "";
  return html`<h3>What was tried</h3>
<p>${layer}, computed once more with each fault built in; the one that leaves next to nothing is the cause. Bars are logarithmic, the dashed line is what rounding explains (${formatNumber(bound)}). As it stands the layer is off by ${formatNumber(maxAbs)}.${more}</p>
<div class="scroll"><table class="plain findings">
<thead><tr><th scope="col">Fault</th><th scope="col" colspan="2">Difference that is left</th></tr></thead>
<tbody>${shown.map(
    ({ change, places, residual, explains }) =>
      html`<tr${explains ? html` class="good"` : ""}><th scope="row">${explains ? "✓ " : ""}${change}<span class="sub">${places.join(", ")}</span></th><td class="number">${formatNumber(residual)}</td><td class="track"><span class="meter" style="--part:${percent(residual)}%"></span><span class="mark" style="--part:${percent(bound)}%"></span></td></tr>
`,
  )}</tbody></table></div>`;
}

function renderTensors({ tensors, layer }: ReportDiagnosis): Html {
  const columns = ["Least", "Greatest", "Mean", "RMS", "NaN", "Infinite"];
  return html`<h3>${layer} in numbers</h3>
<div class="scroll"><table class="plain">
<thead><tr><th scope="col">Tensor</th><th scope="col">Shape</th>${columns.map((name) => html`<th scope="col" class="number">${name}</th>`)}</tr></thead>
<tbody>${tensors.map(({ role, name, shape, min, max, mean, rms, nan, infinite }) => {
    const cells = [
      ...[min, max, mean, rms].map((value) => formatNumber(value, 3)),
      formatCount(nan),
      formatCount(infinite),
    ];
    return html`<tr><th scope="row">${ROLES[role]}<span class="sub">${name}</span></th><td>${formatExtents(shape)}</td>${cells.map((text) => html`<td class="number">${text}</td>`)}</tr>
`;
  })}</tbody></table></div>`;
}
