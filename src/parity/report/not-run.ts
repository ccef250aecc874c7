import { type Html, html } from "./escape.js";
import type { ReportFacts } from "./report-schema.js";

/** Back-ends that are not here, and what adds them. */
export function renderNotRun({ notRun }: ReportFacts): Html | undefined {
  if (notRun.length === 0) return undefined;
  return html`<div class="scroll"><table class="plain">
<thead><tr><th scope="col">Back-end</th><th scope="col">Why</th><th scope="col">What adds it</th></tr></thead>
<tbody>${notRun.map(
    ({ backend, reason, command }) =>
      html`<tr><th scope="row">${backend}</th><td>${reason}</td><td>${command === undefined ? "" : html`<code>${command}</code>`}</td></tr>
`,
  )}</tbody></table></div>`;
}
