import { renderDepth } from "./depth-plot.js";
import { renderDiagnosis } from "./diagnosis-section.js";
import { type Html, html, raw } from "./escape.js";
import { renderGlossary } from "./glossary.js";
import { renderHistograms } from "./histogram-plot.js";
import { renderLayerTable } from "./layer-table.js";
import { renderModuleState } from "./module-state.js";
import { renderNotRun } from "./not-run.js";
import { renderPictures } from "./pictures-section.js";
import { renderProvenance } from "./provenance-section.js";
import type { ReportData } from "./report-data.js";
import { renderSamples } from "./samples-section.js";
import { STYLE } from "./style.js";
import { renderSweep } from "./sweep-plot.js";
import { renderVerdict } from "./verdict-section.js";

/** A part of the page; one without content is left out. */
interface Section {
  readonly id: string;
  readonly title: string;
  readonly content: Html | undefined;
}

/**
 * One HTML page that holds everything: it opens from disk, needs no network and no script, prints, and follows the reader's
 * light or dark setting. The same data gives the same bytes.
 */
export function renderReport(data: ReportData): string {
  const { facts } = data;
  const sections = sectionsOf(data).filter(({ content }) => content !== undefined);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="${facts.tool.name} ${facts.tool.version}">
<title>${facts.title}</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<a class="skip" href="#verdict">Skip to the verdict</a>
<header class="page">
<p class="eyebrow">Parity report</p>
<h1>${facts.title}</h1>
<p class="lede">${facts.description}</p>
</header>
<main>
${renderVerdict(facts)}
<nav aria-label="Contents"><ul>${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
${sections.map(
  ({ id, title, content }) => html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${content}
</section>
`,
)}</main>
<footer class="page"><p>Made by ${facts.tool.name} ${facts.tool.version}. The same facts, for programs: report.json.</p></footer>
</body>
</html>
`;
  return page.html;
}

function sectionsOf({ facts, images }: ReportData): readonly Section[] {
  return [
    { id: "samples", title: "What it draws", content: renderSamples(facts, images) },
    { id: "pictures", title: "Side by side", content: renderPictures(facts, images) },
    { id: "layers", title: "Layer by layer", content: renderLayerTable(facts) },
    { id: "depth", title: "How errors grow", content: renderDepth(facts) },
    { id: "differences", title: "How differences spread", content: renderHistograms(facts) },
    { id: "sweep", title: "Through every truncation", content: renderSweep(facts, images) },
    { id: "module", title: "The module’s own memory", content: renderModuleState(facts) },
    { id: "diagnosis", title: "Diagnosis", content: renderDiagnosis(facts) },
    { id: "not-run", title: "Not run", content: renderNotRun(facts) },
    { id: "provenance", title: "Where it comes from", content: renderProvenance(facts) },
    { id: "glossary", title: "What the measures mean", content: renderGlossary() },
  ];
}
