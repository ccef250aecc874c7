import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { PLANTED_FAULTS } from "./fault-sites.js";
import { type FaultRow, faultTable, renderFaultTable } from "./fault-table.js";
import { openBench } from "./module-bench.js";

/** Written anew by `UPDATE_FAULT_TABLE=1 npx vitest run --no-file-parallelism test/parity/diagnosis`. */
const DOCUMENT = fileURLToPath(new URL("../../docs/parity.md", import.meta.url));

/** Plants every fault in a fixture's own graph, has it diagnosed, and holds docs/parity.md to what came out. */
export function faultSuite(name: keyof typeof PLANTED_FAULTS): void {
  const rows: FaultRow[] = [];

  describe(`faults planted in the graph of ${name}`, async () => {
    const bench = await openBench(name);
    const rowOf = faultTable(bench);
    afterAll(async () => {
      await bench[Symbol.asyncDispose]();
    });

    test.each(PLANTED_FAULTS[name])("$name", async (fault) => {
      const row = await rowOf(fault);
      rows.push(row);
      expect(row).toMatchObject({ found: true, layerRight: true, layer: fault.layer });
    });
  });

  describe("the table in docs/parity.md", () => {
    test("has at least 20 faults, and 18 causes named rightly", () => {
      expect(rows.length).toBeGreaterThanOrEqual(20);
      expect(rows.filter(({ causeRight }) => causeRight).length).toBeGreaterThanOrEqual(18);
    });

    test("is what was measured", async () => {
      const document = await readFile(DOCUMENT, "utf8");
      const table = new RegExp(`(<!-- faults of ${name} -->\n)[\\s\\S]*?(<!-- end -->)`);
      const measured = document.replace(
        table,
        (_, start: string, end: string) => `${start}${renderFaultTable(rows)}\n${end}`,
      );
      if (process.env["UPDATE_FAULT_TABLE"] === "1") await writeFile(DOCUMENT, measured);
      else expect(document).toBe(measured);
    });
  });
}
