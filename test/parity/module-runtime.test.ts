import { describe, expect, it } from "vitest";
import type { MetaGraph } from "../../src/formats/saved-model/types.js";
import { openModel } from "../../src/mapping/open-model.js";
import { openModuleRuntime } from "../../src/parity/module-runtime.js";
import { fixture } from "../helpers/fixtures.js";
import { editGraph } from "../helpers/graph-edit.js";
import { oneRow } from "../helpers/module-bench.js";
import { requireModuleGraph } from "../helpers/module-graph.js";

/** The race of the first released modules: statistics are read without waiting for the assignment of this call. */
function withRace(metaGraph: MetaGraph): MetaGraph {
  return editGraph(metaGraph, (edit) => {
    for (const name of [...edit.names()]) {
      const { op, inputs } = edit.node(name);
      if (op !== "ReadVariableOp" || !inputs.includes("^cond/Merge")) continue;
      edit.change(name, { inputs: inputs.filter((input) => input !== "^cond/Merge") });
    }
    edit.change("G_trunc_output", { inputs: [...edit.node("G_trunc_output").inputs, "^cond/Merge"] });
  });
}

describe("a module whose graph remembers its truncation", () => {
  it("answers its second call like its first when it waits for the assignment", async () => {
    await using model = await openModel(fixture("biggan-mini.tar.gz"));
    await using runtime = await openModuleRuntime(await requireModuleGraph(model));
    await runtime.run(oneRow(model.graph, 0.5), { taps: ["block0"] });
    expect(runtime.stateDifferences()).toEqual([]);
  });

  it("is told to be at fault when it does not, and the second call is the one that counts", async () => {
    await using model = await openModel(fixture("biggan-mini.tar.gz"));
    const graph = await requireModuleGraph(model);
    await using sound = await openModuleRuntime(graph);
    await using racing = await openModuleRuntime({ ...graph, metaGraph: withRace(graph.metaGraph) });
    const inputs = oneRow(model.graph, 0.5);
    const [wanted, found] = [
      await sound.run(inputs, { taps: ["block0"] }),
      await racing.run(inputs, { taps: ["block0"] }),
    ];
    expect(racing.stateDifferences().map(({ layer }) => layer)).toEqual(["image", "block0"]);
    expect(Math.max(...racing.stateDifferences().map(({ maxAbs }) => maxAbs))).toBeGreaterThan(0.01);
    expect(found.get("image")?.data).toEqual(wanted.get("image")?.data);
  });
});
