import { basename } from "node:path";
import { parameterCount } from "../../graph/graph.js";
import type { Model } from "../../mapping/open-model.js";
import { version } from "../../version.js";
import { type Diagnosis, summarise } from "../diagnosis/diagnosis.js";
import { type ComparedImages, collectPictures, encodeOne, pictureOf } from "../pictures.js";
import type { ParityResult } from "../run-parity.js";
import type { Sweep } from "../sweep.js";
import { answersOf } from "./answers.js";
import { reportComparisons } from "./comparisons.js";
import type { ReportDiagnosis } from "./diagnosis-schema.js";
import type { ReportData } from "./report-data.js";
import type { ReportFacts } from "./report-schema.js";

export interface ReportInputs {
  readonly title: string;
  /** One line about the model. */
  readonly description: string;
  readonly model: Pick<Model, "file" | "kind" | "config" | "graph" | "warnings">;
  readonly labels: readonly string[] | undefined;
  readonly result: ParityResult;
  /** Of the run's comparisons. */
  readonly compared: readonly ComparedImages[];
  readonly samples?: { readonly facts: ReportFacts["samples"]; readonly pngs: readonly Uint8Array[] } | undefined;
  /** Without points and images it only says why there is none. */
  readonly sweep?:
    | (Omit<NonNullable<ReportFacts["sweep"]>, "verdict" | "points"> & { readonly found?: Sweep })
    | undefined;
  readonly diagnosis?: ReportedDiagnosis | undefined;
  readonly moduleState?: ReportFacts["moduleState"];
  readonly provenance: ReportFacts["provenance"];
}

export interface ReportedDiagnosis {
  readonly reference: string;
  readonly candidate: string;
  readonly diagnosis: Diagnosis;
  /** Where its minimal case lies, beside the report. */
  readonly minimalCase?: string;
}

/** Pictures shown of a sweep. */
const SWEEP_PICTURES = 10;

/** Puts what was measured into the form that the page and report.json share. */
export function buildReport(inputs: ReportInputs): ReportData {
  const { title, description, model, labels, result, compared, samples, sweep, diagnosis, moduleState } = inputs;
  const groups = collectPictures(compared, labels);
  const comparisons = reportComparisons(result.comparisons, compared);
  const found = sweep?.found;
  const facts: ReportFacts = {
    format: "biggan-port/report",
    formatVersion: 1,
    tool: { name: "biggan-port", version },
    title,
    file: basename(model.file),
    kind: model.kind,
    family: model.config.family,
    resolution: model.graph.resolution,
    classes: model.graph.classes,
    zDim: model.graph.zDim,
    parameters: parameterCount(model.graph),
    config: { ...model.config },
    description,
    warnings: model.warnings,
    verdict: found?.verdict === "not explained" ? "not explained" : result.verdict,
    questions: answersOf(comparisons),
    comparisons,
    runtimes: result.runtimes,
    notRun: result.notRun,
    ...(samples?.facts === undefined ? {} : { samples: samples.facts }),
    pictures: groups.map(({ reference, cases, rows }) => ({
      reference,
      cases,
      rows: rows.map(({ comparison, amplification, bytesOff, bytes, maxAbs }) => ({
        comparison,
        amplification,
        bytesOff,
        bytes,
        maxAbs,
      })),
    })),
    ...(sweep === undefined ? {} : { sweep: sweepOf(sweep) }),
    ...(moduleState === undefined ? {} : { moduleState }),
    ...(diagnosis === undefined ? {} : { diagnosis: diagnosisOf(diagnosis) }),
    provenance: inputs.provenance,
  };
  return {
    facts,
    images: {
      samples: samples?.pngs ?? [],
      pictures: groups.map(({ pictures, rows }) => ({ reference: pictures, rows })),
      sweep: found === undefined ? [] : sweepPictures(found),
    },
  };
}

function sweepOf({ found, ...rest }: NonNullable<ReportInputs["sweep"]>): NonNullable<ReportFacts["sweep"]> {
  return { ...rest, points: found?.points ?? [], verdict: found?.verdict ?? "explained by rounding" };
}

/** Evenly spread, both ends among them. */
function sweepPictures({ points, images }: Sweep): ReportData["images"]["sweep"] {
  const count = Math.min(SWEEP_PICTURES, points.length);
  return Array.from({ length: count }, (_, index) => {
    const point = count === 1 ? 0 : Math.round((index * (points.length - 1)) / (count - 1));
    return { point, png: encodeOne(pictureOf(images, point)) };
  });
}

function diagnosisOf({ reference, candidate, diagnosis, minimalCase }: ReportedDiagnosis): ReportDiagnosis {
  const { layer, alsoOff, difference, bound, tensors, findings, causes } = diagnosis;
  return {
    reference,
    candidate,
    layer,
    alsoOff,
    summary: summarise(diagnosis),
    maxAbs: difference.maxAbs,
    bound,
    tensors: tensors.map(({ role, name, numbers }) => ({ role, name, ...numbers })),
    findings,
    causes,
    ...(minimalCase === undefined ? {} : { minimalCase }),
  };
}
