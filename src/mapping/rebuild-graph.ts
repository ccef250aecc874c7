import { FormatError, UsageError } from "../core/errors.js";
import { nearestNames } from "../core/nearest.js";
import type { Description } from "../formats/description/description.js";
import type { Graph } from "../graph/graph.js";
import { type ModelConfig, modelGraph } from "../models/model-config.js";
import type { Pass } from "../passes/pass.js";
import { PASSES } from "../passes/registry.js";
import { runPasses } from "../passes/run-passes.js";

const BAKING = "bake-truncation";

/**
 * The graph whose parameters an export holds: the family's own, with the rewrites that the export was made with, in their order.
 * The same configuration and passes always give the same graph, and so the same names, by which the parameters are then read.
 */
export function rebuildGraph(file: string, config: ModelConfig, { passes, model }: Description): Graph {
  const graph = modelGraph(config);
  const truncation = model.truncation.kind === "baked" ? model.truncation.value : undefined;
  if (truncation !== undefined && !passes.includes(BAKING)) {
    throw new FormatError({ file, field: "passes" }, `${BAKING} among them, as the truncation is baked in`, "none");
  }
  if (passes.length === 0) return graph;
  try {
    return runPasses(
      graph,
      passes.map((name) => passOf(file, name)),
      { truncation },
    ).graph;
  } catch (cause) {
    if (!(cause instanceof UsageError)) throw cause;
    throw new FormatError({ file, field: "truncation" }, "one that the model has statistics for", `${truncation}`, {
      cause,
    });
  }
}

function passOf(file: string, name: string): Pass {
  const pass = PASSES.find((each) => each.name === name);
  if (pass !== undefined) return pass;
  const nearest = nearestNames(
    name,
    PASSES.map((each) => each.name),
    1,
  );
  throw new FormatError({ file, field: "passes" }, "rewrites that this version knows", JSON.stringify(name), {
    hint: `${nearest.length > 0 ? `The nearest is ${nearest[0]}. ` : ""}Open the export with the version that wrote it, or export the checkpoint again.`,
  });
}
