import { type Html, html } from "../parity/report/escape.js";
import { formatCount, formatDecibels } from "../parity/report/format.js";
import type { Sensitivity } from "./sensitivity.js";

/** Rows on the page; the manifest has all. */
const ROWS = 24;

/** The parts that cost most, the most sensitive first. */
export function renderSensitivity(table: readonly Sensitivity[]): Html {
  const worst = (part: Sensitivity) => Math.max(0, ...part.choices.map(({ error }) => error));
  const rows = [...table].sort((a, b) => worst(b) - worst(a)).slice(0, ROWS);
  return html`<h3>What each part costs</h3>
<p>PSNR of the pictures when this part alone is stored in fewer bits, and the bytes that saves. float16 is foretold from int8 by how much less the numbers move.</p>
<div class="scroll"><table class="plain">
<thead><tr><th scope="col">Part</th><th scope="col">Stored in</th><th scope="col" class="number">PSNR</th><th scope="col" class="number">Bytes saved</th></tr></thead>
<tbody>${rows.flatMap(({ part, choices }) =>
    choices.map(
      (
        { precision, psnr, bytesSaved },
        index,
      ) => html`<tr><th scope="row">${index === 0 ? part : ""}</th><td>${precision}</td><td class="number">${formatDecibels(psnr)}</td><td class="number">${formatCount(bytesSaved)}</td></tr>
`,
    ),
  )}</tbody>
</table></div>
${table.length > ROWS ? html`<p>${formatCount(table.length - ROWS)} less sensitive parts are in manifest.json.</p>` : undefined}`;
}
