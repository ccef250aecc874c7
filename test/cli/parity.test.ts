import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readNpz } from "../../src/formats/npy/read-npz.js";
import { reportSchema } from "../../src/parity/report/report-schema.js";
import { fixture } from "../helpers/fixtures.js";
import { biggan } from "../helpers/program.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

const MODULES = new URL("../golden/modules/", import.meta.url);
/** One of each family, by TF1 cond and by If; test/parity/oracles has all structures. */
const STRUCTURES = ["biggan-if.tar.gz", "deep-assign.tar.gz"];

describe("is the port right?", () => {
  it.each(["fixtures/biggan-mini.tar.gz", "fixtures/biggan-deep-mini.tar.gz"])(
    "%s: yes, to 1e-9 in every layer",
    async (model) => {
      const { code, stdout } = await biggan(["parity", model, "--against", "module", "--json"]);
      expect(code).toBe(0);
      const { verdict, questions, comparisons } = reportSchema.parse(JSON.parse(stdout));
      expect([verdict, questions.port.answer, questions.runtime.answer]).toEqual([
        "explained by rounding",
        "yes",
        "not asked",
      ]);
      const [{ layers, cases } = { layers: [], cases: 0 }] = comparisons;
      expect(cases).toBe(5);
      expect(layers.map(({ layer }) => layer)).toEqual(
        expect.arrayContaining(["stem", "block0", "attention", "final", "image"]),
      );
      for (const { difference, layer } of layers) {
        expect(difference.maxAbs / Math.max(1, difference.referenceMax), layer).toBeLessThan(1e-9);
      }
    },
  );

  it.each(STRUCTURES)("%s (another structure, other sizes): yes", async (name) => {
    const { code, stderr } = await biggan([
      "parity",
      new URL(name, MODULES).pathname,
      "--against",
      "module",
      "--quiet",
    ]);
    expect(stderr).toBe("");
    expect(code).toBe(0);
  });

  it("a port with the raw weights: no, at the first layer, with the cause, a report and a case to attach", async () => {
    const output = join(await temporaryFolder(), "report");
    const { code, stderr } = await biggan([
      "parity",
      fixture("biggan-mini.tar.gz"),
      "--against",
      "module",
      "--raw-weights",
      "-o",
      output,
    ]);
    expect(code).toBe(5);
    expect(stderr).toContain("reference against the module's own graph: first off at stem");
    expect(stderr).toContain("takes the twin");
    const report = reportSchema.parse(JSON.parse(await readFile(join(output, "report.json"), "utf8")));
    expect(report.diagnosis?.layer).toBe("stem");
    expect(report.diagnosis?.causes[0]?.kind).toContain("twin");
    expect(await readFile(join(output, "report.html"), "utf8")).toContain("<!doctype html>");
    expect([...(await readNpz(join(output, "case", "case.npz"))).keys()]).toEqual(
      expect.arrayContaining(["z", "y", "truncation", "theirs/stem"]),
    );
  });
});

describe("is the runtime right?", () => {
  it("is never asked of the module, and the port never of a runtime that rounds", async () => {
    const args = [
      "parity",
      "fixtures/biggan-mini.tar.gz",
      "--against",
      "module",
      "--backend",
      "tfjs-cpu",
      "--cases",
      "1",
      "--json",
    ];
    const { code, stdout } = await biggan(args);
    expect(code).toBe(0);
    const { comparisons } = reportSchema.parse(JSON.parse(stdout));
    expect(comparisons.map(({ reference, candidate }) => `${candidate} against ${reference}`)).toEqual([
      "reference against the module's own graph",
      "tfjs-cpu against our graph in float64",
    ]);
  });

  it("has no verdict over nothing", async () => {
    const { code, stderr } = await biggan([
      "parity",
      "fixtures/biggan-mini.tar.gz",
      "--against",
      "float64",
      "--backend",
      "reference",
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain("nothing was compared");
  });
});
