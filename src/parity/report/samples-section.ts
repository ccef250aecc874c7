import { type Html, html } from "./escape.js";
import { formatCount } from "./format.js";
import { renderImage } from "./image.js";
import type { ReportImages } from "./report-data.js";
import type { ReportFacts } from "./report-schema.js";

/** A row of pictures for each class. */
export function renderSamples({ samples, resolution }: ReportFacts, images: ReportImages): Html | undefined {
  if (samples === undefined || images.samples.length === 0) return undefined;
  const { rows, columns, seed, truncation, backend } = samples;
  const strips = rows.map((name, row) => {
    const pictures = images.samples.slice(row * columns, (row + 1) * columns);
    return html`<tr><th scope="row">${name}</th>${pictures.map(
      (png, column) => html`<td>${renderImage(png, { alt: `${name}, picture ${column + 1}`, side: resolution })}</td>`,
    )}</tr>
`;
  });
  return html`<p>Random latent vectors from seed ${seed} at truncation ${truncation}, drawn by ${backend} at ${resolution} × ${resolution}: ${formatCount(rows.length * columns)} pictures, none chosen by hand.</p>
<div class="scroll"><table class="samples">
<caption class="hidden">Generated pictures, one row for each class</caption>
<tbody>${strips}</tbody>
</table></div>`;
}
