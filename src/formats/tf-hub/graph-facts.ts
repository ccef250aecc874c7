import { ancestorPositions } from "../saved-model/ancestors.js";
import type { MetaGraph } from "../saved-model/types.js";
import { findAssignments } from "./assignments.js";
import { type BatchNormSite, findBatchNorms, statisticTables } from "./batch-norm-sites.js";
import { type ConvolutionFacts, findConvolutions } from "./convolutions.js";
import { plainName } from "./names.js";
import { createProgram } from "./program.js";
import { inNetworkOrder, type StatisticScope } from "./scopes.js";
import {
  finiteValues,
  type StatisticTable,
  type StatisticValues,
  sameTable,
  tableValues,
  truncationOfRow,
} from "./statistic-table.js";

/** A batch norm of the generator and where its statistics are. */
export interface BatchNormFacts {
  /** The checkpoint's scope, which holds `accumulated_mean`: `Generator/GBlock_1/CrossReplicaBN`. */
  readonly scope: string;
  readonly channels: number;
  readonly epsilon: number;
  /** One row for each truncation; both or neither. */
  readonly mean: StatisticValues | undefined;
  readonly variance: StatisticValues | undefined;
  /** The checkpoint key of the number that the graph divides `accumulated_*` by: they are sums of so many batches. */
  readonly counter: string | undefined;
}

/** What a module's graph says beside its weights. */
export interface GraphFacts {
  /** In network order: inputs before users. */
  readonly convolutions: readonly ConvolutionFacts[];
  /** In network order. */
  readonly batchNorms: readonly BatchNormFacts[];
  /** The truncation of each row: the graph's own float32 keys where its interpolation uses some, else 0.02 i (51 rows) or 0.02 (i + 1) (50 rows). */
  readonly truncationGrid: readonly number[] | undefined;
  /** What could not be understood, and what is lost by it. */
  readonly warnings: readonly string[];
}

/** The outputs of the signature to port: `default`, else the first. */
export function signatureOutputs(metaGraph: MetaGraph): readonly string[] {
  const signature = metaGraph.signatures.get("default") ?? [...metaGraph.signatures.values()][0];
  return Object.values(signature?.outputs ?? {}).map((output) => output.name);
}

/**
 * Reads the graph by following it backwards from the signature's output: names and numbers of its nodes mean nothing.
 * `scopes` are the batch norms that the checkpoint has statistics of; they name those of the graph.
 * Throws {@link FormatError} for edges that lead nowhere and for cycles.
 */
export function readGraphFacts(file: string, metaGraph: MetaGraph, scopes: readonly StatisticScope[]): GraphFacts {
  const program = createProgram(file, metaGraph.graph);
  const { index } = program.root;
  const outputs = signatureOutputs(metaGraph).map((name) => index.value(name, "the signature's outputs").node);
  const order = ancestorPositions(index, outputs.map(index.positionOf));
  const sites = findBatchNorms(program, order, findAssignments(program));
  const warnings = outputs.length > 0 ? [] : ["no signature with an output: the graph cannot be followed"];
  const batchNorms = nameSites(sites, inNetworkOrder(scopes), warnings).map(({ site, scope }): BatchNormFacts => {
    const tables = acceptTables(file, site, scope, warnings);
    const counter = site.counter && plainName(site.counter.name);
    return { ...scope, epsilon: site.epsilon, mean: tables?.mean, variance: tables?.variance, counter };
  });
  return {
    convolutions: findConvolutions(file, index, order),
    batchNorms,
    truncationGrid: truncationGrid(file, sites, batchNorms),
    warnings,
  };
}

interface NamedSite {
  readonly site: BatchNormSite;
  readonly scope: StatisticScope;
}

/** The scope of the variables that a batch norm reads; where the graph reads none, the scope of the same rank in network order. */
function nameSites(
  sites: readonly BatchNormSite[],
  scopes: readonly StatisticScope[],
  warnings: string[],
): readonly NamedSite[] {
  const byName = new Map(scopes.map((scope): [string, StatisticScope] => [scope.scope, scope]));
  return sites.flatMap((site, rank) => {
    const variables = [...(site.mean?.variables ?? []), ...site.variance.variables];
    const own = variables
      .map((node) => byName.get(plainName(node.name).replace(/\/[^/]*$/, "")))
      .find((scope) => scope);
    const scope = own ?? (sites.length === scopes.length ? scopes[rank] : undefined);
    if (scope !== undefined) return [{ site, scope }];
    const counts = `the graph has ${sites.length} batch norms, the checkpoint ${scopes.length}`;
    warnings.push(
      `batch norm ${site.node}: cannot tell which variables it belongs to (${counts}): its statistics are lost`,
    );
    return [];
  });
}

interface Tables {
  readonly mean: StatisticValues;
  readonly variance: StatisticValues;
}

function acceptTables(
  file: string,
  site: BatchNormSite,
  scope: StatisticScope,
  warnings: string[],
): Tables | undefined {
  const lost = (why: string): undefined => {
    warnings.push(`${scope.scope}: ${why}: its statistics below truncation 1 are lost`);
  };
  const mean = oneTable(file, site.mean === undefined ? [] : statisticTables(site.mean));
  const variance = oneTable(file, statisticTables(site.variance));
  if (mean === undefined && variance === undefined) return undefined;
  if (variance === undefined) return lost(`no table of variances found at ${site.node}`);
  if (variance === "several") return lost(`more than one table of variances found at ${site.node}`);
  if (truncationOfRow(variance.rows) === undefined || variance.columns !== scope.channels) {
    const { node, rows, columns } = variance;
    return lost(`table ${node} is [${rows}, ${columns}] instead of [50 or 51, ${scope.channels}]`);
  }
  if (mean === undefined) return lost(`no table of means, as large as that of variances, found at ${site.node}`);
  if (mean === "several") return lost(`more than one table of means found at ${site.node}`);
  if (mean.rows !== variance.rows || mean.columns !== variance.columns) {
    return lost(
      `table ${mean.node} is [${mean.rows}, ${mean.columns}] instead of [${variance.rows}, ${variance.columns}]`,
    );
  }
  const means = finiteValues(file, mean, "finite");
  if (means === undefined) {
    return lost(`table ${mean.node} has rows of several sizes, or values that are no numbers`);
  }
  const variances = finiteValues(file, variance, "not negative");
  if (variances === undefined) {
    return lost(`table ${variance.node} has rows of several sizes, or variances that are negative or no numbers`);
  }
  return { mean: means, variance: variances };
}

/** The table among the origins of a value. Several are accepted when their values are the same. */
function oneTable(file: string, tables: readonly StatisticTable[]): StatisticTable | undefined | "several" {
  const [first, ...others] = tables;
  if (first === undefined) return undefined;
  const same = others.every((table) => sameTable(file, first, table));
  return same ? first : "several";
}

function truncationGrid(
  file: string,
  sites: readonly BatchNormSite[],
  batchNorms: readonly BatchNormFacts[],
): readonly number[] | undefined {
  const rows = batchNorms.find((batchNorm) => batchNorm.variance)?.variance?.rows;
  if (rows === undefined) return undefined;
  for (const site of sites) {
    const tables = [...(site.mean?.tables ?? []), ...site.variance.tables];
    const keys = tables.find((table) => table.columns === 1 && table.rows === rows);
    const grid = keys === undefined ? [] : Array.from(tableValues(file, keys) ?? []);
    if (grid.length > 0 && grid.every((key, row) => row === 0 || key > (grid[row - 1] ?? key))) return grid;
  }
  const truncation = truncationOfRow(rows);
  return truncation === undefined ? undefined : Array.from({ length: rows }, (_, row) => truncation(row));
}
