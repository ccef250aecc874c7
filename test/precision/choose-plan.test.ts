import fc from "fast-check";
import { expect, test } from "vitest";
import { choosePlan } from "../../src/precision/choose-plan.js";
import type { Sensitivity } from "../../src/precision/sensitivity.js";
import { isReducible, parameterBytes, planBytes, uniformPlan } from "../../src/storage/plan.js";
import { smallBigGan } from "../helpers/small-generators.js";

const graph = smallBigGan();
const narrowest = uniformPlan(graph, "int8");
const reducible = [...graph.parameters.values()].filter(isReducible);

function tableOf(errors: readonly (readonly [number, number])[]): readonly Sensitivity[] {
  return reducible.map((parameter, index) => {
    const [int8 = 0, float16 = 0] = errors[index % errors.length] ?? [];
    const saved = (precision: "int8" | "float16") =>
      parameterBytes(parameter, "float32") - parameterBytes(parameter, precision);
    const choices = [
      { precision: "int8", bytesSaved: saved("int8"), error: int8, psnr: 0, measured: true },
      { precision: "float16", bytesSaved: saved("float16"), error: float16, psnr: 0, measured: false },
    ] as const;
    return {
      part: parameter.name,
      parameters: [parameter.name],
      choices: choices.filter(({ precision }) => narrowest.get(parameter.name) === "int8" || precision === "float16"),
    };
  });
}

function errorBy(table: readonly Sensitivity[], plan: ReadonlyMap<string, string>): number {
  return table.reduce((sum, { part, choices }) => {
    return sum + (choices.find(({ precision }) => precision === plan.get(part))?.error ?? 0);
  }, 0);
}

const tables = fc
  .array(fc.tuple(fc.double({ min: 1e-9, max: 1e-3, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })), {
    minLength: 1,
    maxLength: 20,
  })
  .map((rows) => tableOf(rows.map(([int8, part]): [number, number] => [int8, int8 * part])));

test("never passes the error allowed, and leaves nothing out that would fit", () => {
  fc.assert(
    fc.property(tables, fc.double({ min: 1e-9, max: 1e-2, noNaN: true }), (table, most) => {
      const plan = choosePlan(graph, table, narrowest, { kind: "error", most });
      const error = errorBy(table, plan);
      expect(error).toBeLessThanOrEqual(most * (1 + 1e-9));
      if (table.reduce((sum, { choices }) => sum + (choices[0]?.error ?? 0), 0) <= most) {
        expect(planBytes(graph, plan)).toBe(planBytes(graph, narrowest));
      }
    }),
  );
});

test("reaches a size with the least error for each byte", () => {
  const [least, whole] = [planBytes(graph, narrowest), planBytes(graph, uniformPlan(graph, "float32"))];
  fc.assert(
    fc.property(tables, fc.double({ min: 0, max: 1, noNaN: true }), (table, part) => {
      const most = least + Math.floor(part * (whole - least));
      const plan = choosePlan(graph, table, narrowest, { kind: "bytes", most });
      expect(planBytes(graph, plan)).toBeLessThanOrEqual(most);
    }),
  );
  expect(choosePlan(graph, tableOf([[1, 0]]), narrowest, { kind: "bytes", most: whole })).toEqual(
    uniformPlan(graph, "float32"),
  );
});

test("takes the cheap part and spares the dear one", () => {
  const dear = reducible[0]?.name ?? "";
  const table = tableOf([[1e-9, 1e-10]]).map((row) =>
    row.part === dear ? { ...row, choices: row.choices.map((choice) => ({ ...choice, error: 1 })) } : row,
  );
  const plan = choosePlan(graph, table, narrowest, { kind: "error", most: 1e-3 });
  expect(plan.get(dear)).toBe("float32");
  expect(reducible.filter(({ name }) => name !== dear && plan.get(name) !== narrowest.get(name))).toEqual([]);
});

test("a parameter is never narrower than it may be", () => {
  const table = tableOf([[1e-9, 1e-10]]);
  const spared = "stem.w";
  const bounds = new Map(narrowest).set(spared, "float16" as const);
  expect(choosePlan(graph, table, bounds, { kind: "error", most: 1 }).get(spared)).toBe("float16");
});
