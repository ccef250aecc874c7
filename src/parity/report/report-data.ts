import { z } from "zod";
import { type ReportFacts, type ReportJson, reportSchema } from "./report-schema.js";

/** Everything a report shows: the facts, and the pictures that JSON leaves out. */
export interface ReportData {
  readonly facts: ReportFacts;
  readonly images: ReportImages;
}

/** PNG files. */
export interface ReportImages {
  /** The sample grid, row after row, as `facts.samples` describes it. */
  readonly samples: readonly Uint8Array[];
  /** For each of `facts.pictures`: the reference's pictures, and two strips for each of its rows. */
  readonly pictures: readonly PictureStrips[];
  /** A few of the sweep's pictures, by position in its points. */
  readonly sweep: readonly SweepPicture[];
}

export interface PictureStrips {
  readonly reference: readonly Uint8Array[];
  readonly rows: readonly { readonly candidate: readonly Uint8Array[]; readonly difference: readonly Uint8Array[] }[];
}

export interface SweepPicture {
  readonly point: number;
  readonly png: Uint8Array;
}

/** The facts as JSON can hold them, checked against the schema. `JSON.stringify` of it is report.json. */
export function reportJson({ facts }: Pick<ReportData, "facts">): ReportJson {
  return z.encode(reportSchema, facts);
}
