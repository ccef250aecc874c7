import { afterEach, describe, expect, it, vi } from "vitest";
import { parityTable, terminalColour } from "../../../src/cli/parity-table.js";
import { exampleResult } from "./example-report.js";

afterEach(() => vi.unstubAllEnvs());

describe("the terminal table", () => {
  it("answers, shows the layers, and lists what was not run", () => {
    expect(parityTable(exampleResult(), { colour: false }).join("\n")).toMatchInlineSnapshot(`
      "Is the port right?    Yes. Computed in float64, our graph gives the numbers of reference.npz, layer
                            by layer. The largest difference, in stem, uses 0.08 of what rounding may
                            leave there.
      Is the runtime right? Yes. Rounding explains every difference of tfjs-wasm and tfjs-cpu, layer by
                            layer. The largest, in stem on tfjs-wasm, uses 0.30 of its budget.

      against reference.npz, 2 pictures: [1] reference
      against our graph in float64, 2 pictures: [2] tfjs-wasm  [3] tfjs-cpu

      part of the error budget used, largest difference
                             [1]              [2]              [3]
      stem         0.08   8.0e-8    0.30   3.0e-7  <0.001  4.0e-10
      block0       0.08   1.6e-7    0.30   6.0e-7  <0.001  8.0e-10
      block1       0.08   2.4e-7    0.30   9.0e-7  <0.001   1.2e-9
      attention    0.08   3.2e-7    0.30   1.2e-6  <0.001   1.6e-9
      block2       0.08   4.0e-7    0.30   1.5e-6  <0.001   2.0e-9
      final        0.08   4.8e-7    0.30   1.8e-6  <0.001   2.4e-9
      image        0.08   5.6e-7    0.30   2.1e-6  <0.001   2.8e-9
      verdict                 ok               ok               ok

      Not run:
        tfjs-node  reference.npz; to add it: npm install reference.npz"
    `);
  });

  it("marks what is not explained without colour too", () => {
    const lines = parityTable(exampleResult({ broken: true, name: "ort-cpu" }), { colour: false });
    expect(lines.filter((line) => line.includes("! "))).toHaveLength(5);
    expect(lines.join("\n")).toContain("No. ort-cpu leaves our graph in float64 at block1");
  });

  it("fits on a screen: 14 layers, 8 comparisons, 100 columns", () => {
    const result = exampleResult({ broken: true });
    const [one, , other] = result.comparisons;
    const comparisons = Array.from({ length: 8 }, (_, index) => {
      const base = index === 3 ? other : one;
      if (base === undefined) throw new Error("no comparison");
      const layers = Array.from({ length: 14 }, (_, depth) => {
        const layer = base.layers[depth % 7];
        if (layer === undefined) throw new Error("no layer");
        return { ...layer, layer: depth === 13 ? "image" : `block${depth}` };
      });
      return { ...base, candidate: `chromium:tfjs-webgpu`, layers };
    });
    const lines = parityTable({ ...result, comparisons }, { colour: false });
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(lines.length).toBeLessThanOrEqual(40);
  });

  it("lets no name move the cursor", () => {
    const text = parityTable(exampleResult({ name: "\u001b[2J\u202ename\r" }), { colour: false }).join("\n");
    for (const character of "\u001b\u202e\r") expect(text).not.toContain(character);
  });

  it("colours when asked to, and only the paint differs", () => {
    const coloured = parityTable(exampleResult({ broken: true }), { colour: true });
    expect(coloured.join("\n")).toContain("\u001b[31m");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape codes of the paint.
    const plain = coloured.map((line) => line.replace(/\u001b\[\d+m/g, "").trimEnd());
    expect(plain).toEqual(
      parityTable(exampleResult({ broken: true }), { colour: false }).map((line) => line.trimEnd()),
    );
  });

  it("has no colour off a terminal or under NO_COLOR", () => {
    vi.stubEnv("FORCE_COLOR", "1");
    vi.stubEnv("NO_COLOR", "");
    expect(terminalColour()).toBe(true);
    vi.stubEnv("NO_COLOR", "1");
    expect(terminalColour()).toBe(false);
  });
});
