import { MappingError, UsageError } from "../core/errors.js";
import type { ParameterSource } from "../core/parameter-source.js";
import type { Graph } from "../graph/graph.js";
import type { Model } from "../mapping/model.js";
import { generatorGraph } from "../models/generator.js";
import { modelGraph } from "../models/model-config.js";
import { derivedParameters } from "../passes/derived-parameters.js";
import { PASSES } from "../passes/registry.js";
import { runPasses } from "../passes/run-passes.js";
import { commonTruncations, gridOf } from "./common-truncations.js";
import { type ConfigurationDifference, configurationDifferences } from "./configuration.js";
import { describeRest, hasAll, rewritesOf, sameRewrites } from "./rewrites.js";
import { selectedRows } from "./selected-rows.js";

/** A graph and its parameters. */
export interface Side {
  readonly graph: Graph;
  readonly parameters: ParameterSource;
}

/** Two models brought to parameters of the same names and meaning. */
export interface AlignedModels {
  readonly a: Side;
  readonly b: Side;
  /** Rewrites that both graphs have, of which one model was exported with them and the other was given them here. */
  readonly passes: readonly string[];
  /** Where the statistics of one truncation are baked in. */
  readonly baked: number | undefined;
  /** The truncations whose statistics are compared; empty where they are part of rewritten parameters. */
  readonly truncations: readonly number[];
  readonly configuration: readonly ConfigurationDifference[];
}

/**
 * Where one model is a rewritten export, the same rewrites are made on the other; where one has statistics of fewer truncations, the
 * others are left out.
 * @throws MappingError for models that cannot be compared number by number: of different families, rewritten differently, or
 * with no truncation in common.
 */
export function alignModels(a: Model, b: Model): AlignedModels {
  if (a.config.family !== b.config.family) {
    throw incomparable(
      a,
      b,
      `expected two models of one family, found ${a.config.family} and ${b.config.family}`,
      "Numbers of different layers cannot be compared: `biggan-port inspect` says what each file holds.",
    );
  }
  const configuration = configurationDifferences(a.config, b.config);
  const [inA, inB] = [rewritesOf(a), rewritesOf(b)];
  if (sameRewrites(inA, inB)) {
    return inA.passes.length === 0
      ? { configuration, passes: [], baked: undefined, ...atCommonTruncations(a, b) }
      : { configuration, ...inA, truncations: [], a: ownSide(a), b: ownSide(b) };
  }
  const [wholeA, wholeB] = [unrewritten(a), unrewritten(b)];
  if (wholeB !== undefined && inA.passes.length > 0) {
    return { configuration, ...inA, truncations: [], a: ownSide(a), b: rewritten(wholeB, b, a) };
  }
  if (wholeA !== undefined) {
    return { configuration, ...inB, truncations: [], a: rewritten(wholeA, a, b), b: ownSide(b) };
  }
  // Some rewrites leave all parameters as they are.
  if (hasAll(a.graph, b.graph) && hasAll(b.graph, a.graph)) {
    const passes = inA.passes.filter((pass) => inB.passes.includes(pass));
    return { configuration, passes, baked: inA.baked, truncations: [], a: ownSide(a), b: ownSide(b) };
  }
  const found = `besides the same, ${describeRest(inA, inB)} in A and ${describeRest(inB, inA)} in B`;
  throw incomparable(
    a,
    b,
    `expected exports with the same rewrites, found, ${found}`,
    "Compare each with the checkpoint, or export both with --passes none.",
  );
}

const OF_ONE_TRUNCATION =
  "Compare with a model that has the statistics of that truncation, as the TF Hub module has of all.";

const ownSide = (model: Model): Side => ({ graph: model.graph, parameters: model.parameters() });

/** The family's own graph, where a model has all of its parameters. */
function unrewritten(model: Model): Side | undefined {
  const graph = modelGraph(model.config);
  return hasAll(model.graph, graph) ? { graph, parameters: model.parameters() } : undefined;
}

function atCommonTruncations(a: Model, b: Model): Pick<AlignedModels, "a" | "b" | "truncations"> {
  const { compared, rowsA, rowsB } = commonTruncations(a.config, b.config);
  if (compared.length === 0 && gridOf(a.config).length > 0) {
    throw incomparable(a, b, "expected statistics of a common truncation, found none", OF_ONE_TRUNCATION);
  }
  return { a: withRows(ownSide(a), a, rowsA), b: withRows(ownSide(b), b, rowsB), truncations: compared };
}

/** An unrewritten model with the statistics of some truncations only: those of these rows. */
function withRows({ graph, parameters }: Side, { config }: Model, rows: readonly number[]): Side {
  const grid = gridOf(config);
  if (!("truncationGrid" in config) || rows.length === grid.length) return { graph, parameters };
  const truncationGrid = rows.map((row) => grid[row] ?? 1);
  return {
    graph: generatorGraph({ ...config, truncationGrid }),
    parameters: selectedRows(parameters, graph, rows),
  };
}

/** A model as the export would be if it had been made of it. */
function rewritten(whole: Side, model: Model, exported: Model): Side {
  const { passes, baked } = rewritesOf(exported);
  const side = baked === undefined ? withGridOf(exported, whole, model) : whole;
  const recorded = passes.flatMap((name) => PASSES.find((pass) => pass.name === name) ?? []);
  try {
    const { graph, derived } = runPasses(side.graph, recorded, { truncation: baked });
    return { graph, parameters: derivedParameters(side.parameters, derived) };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const found = `those of ${gridOf(model.config).length === 1 ? gridOf(model.config)[0] : "others"} alone`;
    throw incomparable(
      model,
      exported,
      `expected statistics of truncation ${baked}, which ${exported.file} has baked in, found ${found}`,
      OF_ONE_TRUNCATION,
    );
  }
}

/** Tables of statistics are part of rewritten parameters: the model must have all truncations of the export. */
function withGridOf(exported: Model, whole: Side, model: Model): Side {
  const { compared, rowsA } = commonTruncations(model.config, exported.config);
  const wanted = gridOf(exported.config).length;
  if (compared.length < wanted) {
    throw incomparable(
      model,
      exported,
      `expected the statistics of all ${wanted} truncations of the rewritten export ${exported.file}, found those of ${compared.length}`,
      "Export it with --passes none: then the common truncations can be compared.",
    );
  }
  return withRows(whole, model, rowsA);
}

function incomparable(a: Model, b: Model, detail: string, hint: string): MappingError {
  return new MappingError(`${a.file} and ${b.file}`, "diff", [{ kind: "unknown-model", detail }], { hint });
}
