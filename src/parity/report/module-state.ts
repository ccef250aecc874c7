import { type Html, html } from "./escape.js";
import { formatNumber } from "./format.js";
import type { ReportFacts } from "./report-schema.js";

/** A module that remembers: its second call differs from its first. Not the port's fault, and told apart from it. */
export function renderModuleState({ moduleState }: ReportFacts): Html | undefined {
  if (moduleState === undefined) return undefined;
  return html`<p>${moduleState.explanation}</p>
<div class="scroll"><table class="plain">
<caption>The module’s second call against its first, on the same inputs</caption>
<thead><tr><th scope="col">Layer</th><th scope="col" class="number">Largest difference</th><th scope="col" class="number">Mean difference</th></tr></thead>
<tbody>${moduleState.layers.map(
    ({ layer, maxAbs, meanAbs }) =>
      html`<tr><th scope="row">${layer}</th><td class="number">${formatNumber(maxAbs, 3)}</td><td class="number">${formatNumber(meanAbs, 3)}</td></tr>
`,
  )}</tbody></table></div>`;
}
