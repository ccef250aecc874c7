import { describe, expect, test } from "vitest";
import { z } from "zod";
import { ARGUMENT } from "../../../src/formats/saved-model/graph-index.js";
import { parseSavedModel } from "../../../src/formats/saved-model/saved-model.js";
import { EFFECTS } from "../../../src/parity/oracles/effects.js";
import { openGraphSession } from "../../../src/parity/oracles/graph-session.js";
import { KERNELS } from "../../../src/parity/oracles/kernels.js";
import { goldenBytes } from "../../helpers/golden.js";
import { memoryTensors } from "./memory-tensors.js";

const tensor = z.object({ dtype: z.string(), shape: z.array(z.number()), data: z.array(z.number()) });
type StoredTensor = z.infer<typeof tensor>;

/** What TensorFlow made of tiny graphs: scripts/fixtures/make_graph_ops.py. */
const cases = z
  .array(
    z.object({
      name: z.string(),
      model: z.string(),
      variables: z.record(z.string(), tensor),
      fetches: z.array(z.string()),
      runs: z.array(z.object({ feeds: z.record(z.string(), tensor), outputs: z.array(tensor) })),
    }),
  )
  .parse(JSON.parse(new TextDecoder().decode(goldenBytes("graph-ops.json.gz"))));

/** Float32 kernels of TensorFlow round; float64 ones differ in the order of their sums and in their exp and tanh. */
const TOLERANCES = new Map([
  ["float32", 2e-6],
  ["float64", 1e-14],
]);

const toTensor = ({ shape, data }: StoredTensor) => ({ shape, data: Float64Array.from(data) });

function graphOf({ name, model }: { readonly name: string; readonly model: string }) {
  const graph = parseSavedModel(name, Buffer.from(model, "base64")).metaGraphs[0]?.graph;
  if (graph === undefined) throw new Error(`${name}: no graph`);
  return graph;
}

describe.each(["float64", "tfjs"] as const)("ops as TensorFlow computes them, %s", (choice) => {
  test.each(cases)("$name", async (stored) => {
    const variables = Object.entries(stored.variables).map(([key, value]) => [key, toTensor(value)]);
    const source = memoryTensors(Object.fromEntries(variables));
    const session = openGraphSession(stored.name, graphOf(stored), source, choice);
    for (const [number, { feeds, outputs }] of stored.runs.entries()) {
      const fed = new Map(Object.entries(feeds).map(([key, value]) => [key, toTensor(value)]));
      const found = await session.run(fed, { fetches: stored.fetches });
      for (const [position, fetch] of stored.fetches.entries()) {
        const wanted = outputs[position];
        const got = found.get(fetch);
        const where = `run ${number}, ${fetch}`;
        expect(got?.shape, where).toEqual(wanted?.shape);
        const tolerance = TOLERANCES.get(wanted?.dtype ?? "") ?? 0;
        for (const [index, value] of (wanted?.data ?? []).entries()) {
          const difference = Math.abs((got?.data[index] ?? Number.NaN) - value);
          expect(difference, `${where}, element ${index}`).toBeLessThanOrEqual(
            tolerance * Math.max(1, Math.abs(value)),
          );
        }
      }
    }
  });
});

test("every op is looked at", () => {
  const tested = new Set(
    cases.flatMap((stored) => {
      const { nodes, functions } = graphOf(stored);
      return [...nodes, ...[...functions.values()].flatMap((body) => body.nodes)].map(({ op }) => op);
    }),
  );
  // An argument of a function has no node of its own in the file.
  const untested = [...KERNELS.keys(), ...EFFECTS.keys()].filter((op) => !tested.has(op) && op !== ARGUMENT);
  expect(untested).toEqual([]);
});
