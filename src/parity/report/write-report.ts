import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { renderReport } from "./page.js";
import { type ReportData, reportJson } from "./report-data.js";

/** The page for people, and the same facts for programs. */
export const REPORT_PAGE = "report.html";
const REPORT_FACTS = "report.json";

/** The text of report.json. */
export function reportText(data: Pick<ReportData, "facts">): string {
  return `${JSON.stringify(reportJson(data), null, 2)}\n`;
}

/** Writes both into a folder that is there. */
export async function writeReport(folder: string, data: ReportData): Promise<void> {
  await writeFile(join(folder, REPORT_PAGE), renderReport(data));
  await writeFile(join(folder, REPORT_FACTS), reportText(data));
}
