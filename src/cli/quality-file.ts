import type { ExtraFile } from "../export/bundle.js";
import type { PreparedFormat } from "../export/prepare-formats.js";

/** The page that shows what fewer bits cost, when any format has fewer. */
export async function qualityFiles(
  prepared: readonly PreparedFormat[],
  about: { readonly title: string; readonly resolution: number; readonly labels: readonly string[] | undefined },
): Promise<readonly ExtraFile[]> {
  const entries = prepared.flatMap(({ format, precision, compute }) =>
    precision === undefined
      ? []
      : [{ format, planned: { ...precision, ...(compute === undefined ? {} : { compute }) } }],
  );
  if (entries.length === 0) return [];
  const { renderQualityPage } = await import("../precision/quality-page.js");
  return [{ path: "report/quality.html", bytes: Buffer.from(renderQualityPage({ ...about, entries })) }];
}
