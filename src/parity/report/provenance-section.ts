import { type Html, html } from "./escape.js";
import { formatCount } from "./format.js";
import type { ReportFacts } from "./report-schema.js";

/** What was compared and what computed it, so that somebody else can do it again. */
export function renderProvenance(facts: ReportFacts): Html {
  const { provenance, tool, file, kind, runtimes, config } = facts;
  const { sha256, bytes, mapping, node, system } = provenance;
  const rows: (readonly [string, Html | string])[] = [
    ["Model", html`<code>${file}</code>, ${kind}${bytes === undefined ? "" : `, ${formatCount(bytes)} bytes`}`],
    ...(sha256 === undefined ? [] : [["SHA-256", html`<code>${sha256}</code>`] as const]),
    ["Mapping", html`${mapping.name}, SHA-256 <code>${mapping.sha256}</code>`],
    ["Tool", `${tool.name} ${tool.version}`],
    ["Machine", `Node ${node}, ${system}`],
    ...Object.entries(runtimes).map(
      ([name, { description, adapter, seconds }]) =>
        [
          name,
          html`${description}${
            adapter === undefined
              ? ""
              : html`<br>Adapter: ${adapter.name}${adapter.software ? html` <strong>(software, no GPU)</strong>` : ""}`
          }${seconds === undefined ? "" : html`<br>${seconds.toFixed(1)} s`}`,
        ] as const,
    ),
  ];
  return html`<dl class="facts">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
<details><summary>Configuration, as inferred from the tensors</summary><pre>${JSON.stringify(config, null, 1).replace(/\[\s+([^\]]*?)\s+\]/g, (list) => list.replace(/\s+/g, " "))}</pre></details>`;
}
