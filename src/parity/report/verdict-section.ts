import { type Html, html } from "./escape.js";
import type { ReportFacts } from "./report-schema.js";

const ANSWERS = { yes: "Yes", no: "No", "not asked": "Not asked" } as const;
const CLASSES = { yes: "good", no: "bad", "not asked": "open" } as const;

/** The questions and their answers, and what the reader should be warned of. */
export function renderVerdict({ questions, warnings, moduleState }: ReportFacts): Html {
  return html`<div id="verdict" class="verdicts">
${card("Is the port right?", questions.port)}
${card("Is the runtime right?", questions.runtime)}
${questions.export === undefined ? undefined : card("Is the export right?", questions.export)}
</div>
${warnings.map((warning) => html`<p class="note"><strong>Warning.</strong> ${warning}</p>`)}
${
  moduleState === undefined
    ? undefined
    : html`<p class="note"><strong>About the module.</strong> It answers its first and its second call differently; <a href="#module">see below</a>. The port has no such memory.</p>`
}`;
}

function card(question: string, { answer, sentence }: ReportFacts["questions"]["port"]): Html {
  return html`<section class="verdict ${CLASSES[answer]}">
<h2>${question}</h2>
<p class="answer">${ANSWERS[answer]}</p>
<p>${sentence}</p>
</section>`;
}
