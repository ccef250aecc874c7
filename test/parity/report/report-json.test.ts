import { describe, expect, it } from "vitest";
import { reportJson } from "../../../src/parity/report/report-data.js";
import { reportSchema } from "../../../src/parity/report/report-schema.js";
import { reportText } from "../../../src/parity/report/write-report.js";
import { exampleReport } from "./example-report.js";

describe("report.json", () => {
  it("comes back as it was, NaN and infinities too", () => {
    const data = exampleReport({ broken: true });
    expect(reportSchema.parse(JSON.parse(reportText(data)))).toEqual(data.facts);
  });

  it("writes what JSON cannot hold as words", () => {
    const json = reportJson(exampleReport({ broken: true }));
    expect(json.comparisons[2]?.layers.at(-1)?.difference.maxAbs).toBe("Infinity");
    expect(json.diagnosis?.tensors[0]?.min).toBe("NaN");
    expect(reportText(exampleReport({ broken: true }))).not.toContain(": null");
  });

  it("keeps its fields while formatVersion is 1", () => {
    const json = reportJson(exampleReport());
    expect(json.formatVersion).toBe(1);
    expect(Object.keys(json).sort()).toMatchInlineSnapshot(`
      [
        "classes",
        "comparisons",
        "config",
        "description",
        "diagnosis",
        "family",
        "file",
        "format",
        "formatVersion",
        "kind",
        "moduleState",
        "notRun",
        "parameters",
        "pictures",
        "provenance",
        "questions",
        "resolution",
        "runtimes",
        "samples",
        "sweep",
        "title",
        "tool",
        "verdict",
        "warnings",
        "zDim",
      ]
    `);
    expect(Object.keys(json.comparisons[0] ?? {}).sort()).toMatchInlineSnapshot(`
      [
        "candidate",
        "cases",
        "histogram",
        "layers",
        "question",
        "reference",
        "verdict",
      ]
    `);
    expect(Object.keys(json.comparisons[0]?.layers.at(-1)?.difference ?? {}).sort()).toMatchInlineSnapshot(`
      [
        "cosine",
        "maxAbs",
        "maxUlp",
        "meanAbs",
        "nonFinite",
        "psnrDb",
        "referenceMax",
        "referenceRms",
        "rms",
        "snrDb",
        "ssim",
      ]
    `);
  });

  it("names the file without its place", () => {
    expect(reportJson(exampleReport({ name: "module.tar.gz" })).file).toBe("module.tar.gz");
  });

  it("answers both questions apart", () => {
    expect(exampleReport({ broken: true }).facts.questions).toMatchInlineSnapshot(`
      {
        "port": {
          "answer": "yes",
          "sentence": "Computed in float64, our graph gives the numbers of reference.npz, layer by layer. The largest difference, in stem, uses 0.08 of what rounding may leave there.",
        },
        "runtime": {
          "answer": "no",
          "sentence": "reference.npz leaves our graph in float64 at block1: off by 0.25, where rounding explains 3.0e-6.",
        },
      }
    `);
  });
});
